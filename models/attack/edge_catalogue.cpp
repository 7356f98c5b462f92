// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/edge_catalogue.h>

#include <algorithm>
#include <array>
#include <functional>

#include <inventory/strict_mapping.h>
#include <resources/embedded.h>

namespace glacis::attack {

namespace {
    using inventory::NodeRef;
    using inventory::NodeType;
    using inventory::StrictMapping;

    constexpr int MaxCost = 20;
    constexpr std::array<std::string_view, 14> edgeFields { "id", "title", "does", "when", "step", "attack",
        "stage", "cost", "costs", "walked", "seen", "breaks", "checks", "others" };
    constexpr std::array<std::string_view, 1> cardFileFields { "cards" };
    constexpr std::array<std::string_view, 4> cardFields { "id", "title", "effort", "about" };

    struct Effort {
        char size;
        int effort;
    };
    constexpr std::array<Effort, 3> efforts { { { 'S', 1 }, { 'M', 3 }, { 'L', 8 } } };

    std::vector<int> costs(StrictMapping& entry, int usual)
    {
        const NodeRef list = entry["costs"];
        if (!list)
            return { usual };
        std::vector<int> values;
        if (!list.is(NodeType::Array))
            entry.fail("costs", "expected a list");
        for (const NodeRef item : list)
            values.push_back(entry.number(item, "costs", 0, MaxCost));
        if (std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) != values.end()
            || std::find(values.begin(), values.end(), usual) == values.end())
            entry.fail("costs", "expected ascending numbers with the usual cost among them");
        return values;
    }

    bool walked(StrictMapping& entry)
    {
        const NodeRef node = entry["walked"];
        if (node && !node.is(NodeType::Bool))
            entry.fail("walked", "expected true or false");
        return node.text() != "false";
    }

    Result<EdgeInfo> readEdge(const std::string& file, NodeRef root)
    {
        StrictMapping entry(file, root, edgeFields, "an edge");
        EdgeInfo info;
        info.id = entry.text("id");
        info.title = entry.text("title");
        info.does = entry.text("does");
        info.when = entry.text("when");
        info.step = entry.text("step");
        info.seen = entry.text("seen");
        info.attack = entry.texts("attack");
        info.breaks = entry.texts("breaks");
        info.checks = entry.texts("checks");
        info.others = entry.texts("others");
        info.stage = static_cast<Stage>(entry.number("stage", 0, StageCount));
        info.cost = entry.number("cost", 0, MaxCost);
        info.costs = costs(entry, info.cost);
        info.walked = walked(entry);
        return entry.checked(std::move(info));
    }

    Result<CardInfo> readCard(const std::string& place, NodeRef root)
    {
        StrictMapping entry(place, root, cardFields, "a card");
        CardInfo info;
        info.id = entry.text("id");
        info.title = entry.text("title");
        info.about = entry.text("about");
        const std::string size = entry.text("effort");
        const auto known = std::find_if(efforts.begin(), efforts.end(),
            [&](const Effort& e) { return size == std::string_view(&e.size, 1); });
        if (known == efforts.end()) {
            entry.fail("effort", "expected S, M or L");
        } else {
            info.size = known->size;
            info.effort = known->effort;
        }
        return entry.checked(std::move(info));
    }

    /// The cards of one file, in its order; the number of each is its place.
    Result<std::vector<CardInfo>> readCards(const std::string& file, NodeRef root)
    {
        StrictMapping whole(file, root, cardFileFields, "the file of cards");
        const NodeRef list = whole["cards"];
        if (!list.is(NodeType::Array))
            whole.fail("cards", list ? "expected a list" : "is missing");
        std::vector<CardInfo> cards;
        for (const NodeRef item : list) {
            const std::string place = file + ": line " + std::to_string(item.line());
            Result<CardInfo> card = readCard(place, item);
            if (!card)
                return failure(card.error().message);
            if (card->id != "M" + std::to_string(cards.size() + 1))
                return failure(place + ": field id: expected M" + std::to_string(cards.size() + 1));
            cards.push_back(std::move(*card));
        }
        return whole.checked(std::move(cards));
    }
}

Result<EdgeCatalogue> EdgeCatalogue::load()
{
    std::vector<inventory::DataFile> files;
    for (const resources::File& file : resources::edges())
        files.emplace_back(file.name, file.text);
    return parse(files, resources::cards().front().text);
}

Result<EdgeCatalogue> EdgeCatalogue::parse(
    const std::vector<std::pair<std::string, std::string_view>>& edges, std::string_view cards)
{
    EdgeCatalogue catalogue;
    const inventory::DataFile file { "cards.yaml", cards };
    const Result<void> done
        = inventory::readDataFiles({ &file, 1 }, [&](const std::string& name, NodeRef root) -> Result<void> {
              Result<std::vector<CardInfo>> read = readCards(name, root);
              if (!read)
                  return failure(read.error().message);
              catalogue.m_cards = std::move(*read);
              return {};
          });
    if (!done)
        return failure(done.error().message);

    Result<std::vector<EdgeInfo>> read
        = inventory::readEntries<EdgeInfo>(edges, "catalogue of edges", readEdge);
    if (!read)
        return failure(read.error().message);
    catalogue.m_edges = std::move(*read);
    for (const EdgeInfo& edge : catalogue.m_edges) {
        for (const std::string& card : edge.breaks) {
            if (!catalogue.card(card))
                return failure("edge " + edge.id + ": field breaks: " + card + " is no card");
        }
    }
    return catalogue;
}

const EdgeInfo* EdgeCatalogue::find(std::string_view id) const
{
    const int index = inventory::indexOfEntry(m_edges, id);
    return index < 0 ? nullptr : &m_edges[static_cast<std::size_t>(index)];
}

const CardInfo* EdgeCatalogue::card(std::string_view id) const
{
    const auto it
        = std::find_if(m_cards.begin(), m_cards.end(), [id](const CardInfo& card) { return card.id == id; });
    return it == m_cards.end() ? nullptr : &*it;
}

} // namespace glacis::attack
