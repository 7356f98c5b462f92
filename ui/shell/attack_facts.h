// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the present assessment's attack graph answers only after some work: what each break option closes,
// where ways must pass, the smallest set of fixes. Computed once for an assessment on a worker thread, shared
// by all pages and the inspector.
//
//     AttackFacts& facts = attackFacts(workspace);
//     connect(&facts, &AttackFacts::ready, this, [&] { show(facts.effects()); });
//
// GUI thread only. Answers are of the workspace's present assessment, or nullptr while they are under way.
#pragma once

#include <workspace/workspace.h>

#include <QObject>
#include <QThreadPool>

#include <memory>

namespace glacis::ui {

class AttackFacts : public QObject {
    Q_OBJECT
public:
    /// A child of the workspace; use attackFacts() to share one.
    explicit AttackFacts(workspace::Workspace& workspace);
    ~AttackFacts() override; ///< stops and waits

    /// Of every option that closes a way, most certain ways first.
    [[nodiscard]] const std::vector<attack::OptionEffect>* effects() const;
    /// What this option closes; nullptr while unknown, and for one that closes nothing alone (tell them apart
    /// by isReady()).
    [[nodiscard]] const attack::OptionEffect* effectOf(attack::OptionIndex option) const;
    /// Most certain ways first.
    [[nodiscard]] const std::vector<attack::ChokePoint>* chokePoints() const;
    /// How many certain ways pass this node or edge and no other way round; 0 while unknown.
    [[nodiscard]] std::uint32_t certainWaysThroughNode(attack::NodeIndex node) const;
    [[nodiscard]] std::uint32_t certainWaysThroughEdge(attack::EdgeIndex edge) const;
    /// Goal: all crown jewels.
    [[nodiscard]] const attack::SmallestSets* smallest() const;
    [[nodiscard]] bool isReady() const { return current() != nullptr; }
    /// An assessment is there and its answers are not.
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    void ready(); ///< all of it is there; comes later than Workspace::assessmentReady

private:
    struct Answers;
    void start();
    [[nodiscard]] const Answers* current() const;
    workspace::Workspace& m_workspace;
    StopSource m_stop;
    std::uint64_t m_wanted = 0;
    std::shared_ptr<const Answers> m_answers;
    QThreadPool m_pool;
};

/// The one object of this workspace, made on first use.
[[nodiscard]] AttackFacts& attackFacts(workspace::Workspace& workspace);

} // namespace glacis::ui
