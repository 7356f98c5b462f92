// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/evidence_loader.h>

#include <widgets/outside_text.h>

#include <inventory/evidence.h>

#include <QMetaObject>

#include <algorithm>

namespace glacis::ui {

struct EvidenceLoader::Source {
    explicit Source(inventory::InventoryPtr read)
        : inventory(read)
        , reader(std::move(read))
    {
    }
    inventory::InventoryPtr inventory;
    inventory::EvidenceReader reader;
};

Evidence windowOf(std::string_view yaml, std::uint32_t marked, int around)
{
    constexpr qsizetype maxLine = 400;
    const int first = std::max(1, static_cast<int>(marked) - around);
    const int last = std::max(1, static_cast<int>(marked)) + around;
    Evidence evidence;
    evidence.firstLine = first;
    evidence.markedLine = static_cast<int>(marked);
    QStringList lines;
    int number = 1;
    for (std::size_t at = 0; at < yaml.size() && number <= last; ++number) {
        std::size_t end = yaml.find('\n', at);
        end = end == std::string_view::npos ? yaml.size() : end;
        if (number >= first)
            lines += shown(yaml.substr(at, end - at), maxLine);
        at = end + 1;
    }
    evidence.yaml = lines.join(u'\n');
    return evidence;
}

EvidenceLoader::EvidenceLoader(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1); // an EvidenceReader serves one thread at a time
}

EvidenceLoader::~EvidenceLoader()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void EvidenceLoader::setAssessment(const assessment::AssessmentPtr& assessment)
{
    m_pool.clear();
    m_answered = ++m_wanted; // what is still under way concerns the old one
    m_source = assessment ? std::make_shared<Source>(assessment->inventory) : nullptr;
}

void EvidenceLoader::request(inventory::ObjectId object, std::string path)
{
    const std::uint64_t token = ++m_wanted;
    m_pool.clear();
    if (!m_source || !object.valid() || object.value >= m_source->inventory->objects.size()) {
        m_answered = token;
        Q_EMIT loaded({});
        return;
    }
    m_pool.start([this, token, source = m_source, object, path = std::move(path)] {
        const auto yaml = source->reader.yaml(object, path);
        Evidence evidence = windowOf(yaml.text, yaml.markedLine);
        const inventory::Object& entry = source->inventory->object(object);
        if (entry.file < source->inventory->files.size())
            evidence.file = shown(source->inventory->files[entry.file], 1000);
        evidence.fileLine = source->reader.line(object, path);
        if (evidence.fileLine == 0)
            evidence.fileLine = entry.line;
        // The destructor waits for the pool, so `this` outlives the post.
        QMetaObject::invokeMethod(
            this,
            [this, token, evidence = std::move(evidence)] {
                if (token != m_wanted)
                    return;
                m_answered = token;
                Q_EMIT loaded(evidence);
            },
            Qt::QueuedConnection);
    });
}

} // namespace glacis::ui
