// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/attack_facts.h>

#include <QMetaObject>

#include <algorithm>

namespace glacis::ui {

struct AttackFacts::Answers {
    /// Tells assessments apart without keeping one alive: a new one may not stand at a held address.
    std::weak_ptr<const assessment::Assessment> of;
    std::vector<attack::OptionEffect> effects;
    std::vector<std::uint32_t> effectOf; ///< by option: index into effects, None: closes nothing
    std::vector<attack::ChokePoint> chokePoints;
    std::vector<std::uint32_t> throughNode, throughEdge; ///< certain ways, by index
    attack::SmallestSets smallest;
};

AttackFacts::AttackFacts(workspace::Workspace& workspace)
    : QObject(&workspace)
    , m_workspace(workspace)
{
    m_pool.setMaxThreadCount(1);
    connect(&workspace, &workspace::Workspace::assessmentReady, this, &AttackFacts::start);
    start();
}

AttackFacts::~AttackFacts()
{
    m_stop.requestStop();
    m_pool.clear();
    m_pool.waitForDone();
}

void AttackFacts::start()
{
    m_stop.requestStop();
    m_stop = {};
    m_pool.clear();
    m_answers.reset();
    const std::uint64_t token = ++m_wanted;
    const assessment::AssessmentPtr assessment = m_workspace.assessment();
    if (!assessment)
        return;
    m_pool.start([this, token, assessment, stop = m_stop.token()] {
        const attack::Graph& graph = assessment->graph;
        auto answers = std::make_shared<Answers>();
        answers->of = assessment;
        answers->effectOf.assign(graph.options.size(), attack::None);
        answers->throughNode.assign(graph.nodes.size(), 0);
        answers->throughEdge.assign(graph.edges.size(), 0);
        if (const attack::Search* search = assessment->search.get()) {
            answers->chokePoints = search->chokePoints();
            answers->effects = search->effects(stop);
            if (!stop.stopRequested())
                answers->smallest = search->smallestSets(graph.jewels, {}, stop);
        }
        if (stop.stopRequested())
            return;
        for (std::uint32_t i = 0; i < answers->effects.size(); ++i)
            answers->effectOf[answers->effects[i].option] = i;
        for (const attack::ChokePoint& point : answers->chokePoints)
            (point.isEdge ? answers->throughEdge : answers->throughNode)[point.index] = point.closes;
        // The destructor waits for the pool, so `this` outlives the post.
        QMetaObject::invokeMethod(
            this,
            [this, token, answers = std::move(answers)] {
                if (token != m_wanted)
                    return;
                m_answers = answers;
                Q_EMIT ready();
            },
            Qt::QueuedConnection);
    });
}

/// Pages may hear of a new assessment before this object does: what is of the old one is then not told.
const AttackFacts::Answers* AttackFacts::current() const
{
    const auto present = m_workspace.assessment();
    return m_answers && present && m_answers->of.lock() == present ? m_answers.get() : nullptr;
}

bool AttackFacts::isBusy() const { return m_workspace.assessment() && !current(); }

const std::vector<attack::OptionEffect>* AttackFacts::effects() const
{
    const Answers* answers = current();
    return answers ? &answers->effects : nullptr;
}

const attack::OptionEffect* AttackFacts::effectOf(attack::OptionIndex option) const
{
    const Answers* answers = current();
    if (!answers || option >= answers->effectOf.size() || answers->effectOf[option] == attack::None)
        return nullptr;
    return &answers->effects[answers->effectOf[option]];
}

const std::vector<attack::ChokePoint>* AttackFacts::chokePoints() const
{
    const Answers* answers = current();
    return answers ? &answers->chokePoints : nullptr;
}

std::uint32_t AttackFacts::certainWaysThroughNode(attack::NodeIndex node) const
{
    const Answers* answers = current();
    return answers && node < answers->throughNode.size() ? answers->throughNode[node] : 0;
}

std::uint32_t AttackFacts::certainWaysThroughEdge(attack::EdgeIndex edge) const
{
    const Answers* answers = current();
    return answers && edge < answers->throughEdge.size() ? answers->throughEdge[edge] : 0;
}

const attack::SmallestSets* AttackFacts::smallest() const
{
    const Answers* answers = current();
    return answers ? &answers->smallest : nullptr;
}

AttackFacts& attackFacts(workspace::Workspace& workspace)
{
    if (auto* facts = workspace.findChild<AttackFacts*>({}, Qt::FindDirectChildrenOnly))
        return *facts;
    return *new AttackFacts(workspace);
}

} // namespace glacis::ui
