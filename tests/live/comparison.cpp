// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Objects are called by name: uids are the server's own.
#include "comparison.h"

#include <algorithm>

#include <QtGlobal>

#include <posture/catalogue.h>

namespace glacis::live {
namespace {

    template <class T> T must(Result<T> result)
    {
        if (!result)
            qFatal("%s", result.error().message.c_str());
        return std::move(*result);
    }

} // namespace

assessment::AssessmentPtr assessed(const inventory::InventoryPtr& inventory)
{
    static const auto catalogue
        = std::make_shared<const posture::Catalogue>(must(posture::Catalogue::load()));
    return must(assessment::assess(inventory, std::make_shared<const posture::Policy>(), catalogue));
}

Lines findingLines(const assessment::Assessment& assessment)
{
    Lines out;
    const inventory::Inventory& inventory = *assessment.inventory;
    for (const posture::CheckResult& result : assessment.posture.results) {
        for (const posture::Finding& f : result.findings) {
            std::string line = assessment.info(f).id + " | ";
            line += f.object.valid() ? inventory.label(f.object) : f.pseudo.kind + ' ' + f.pseudo.name;
            line += " | " + f.locus + " | ";
            line += name(f.state);
            out.insert(line);
        }
    }
    return out;
}

Lines wayLines(const assessment::Assessment& assessment)
{
    Lines out;
    const auto& nodes = assessment.graph.nodes;
    for (const attack::Way& way : assessment.search->ways())
        out.insert(nodes[way.entry].id + " → " + nodes[way.firstStep].id + " → " + nodes[way.jewel].id + " | "
            + std::string(attack::name(way.wayClass)));
    return out;
}

std::vector<Exception> serversOwn()
{
    constexpr std::string_view reason = "bindings of the server's own controllers, made when it starts";
    return { { '+', " | ClusterRoleBinding system:controller:", reason },
        { '+', " | RoleBinding kube-system/system:controller:", reason } };
}

Difference difference(const Lines& first, const Lines& second, const std::vector<Exception>& exceptions)
{
    Difference out;
    std::vector<bool> used(exceptions.size());
    const auto excepted = [&](char sign, const std::string& line) {
        bool found = false;
        for (std::size_t i = 0; i < exceptions.size(); ++i) {
            if (exceptions[i].sign == sign && line.find(exceptions[i].part) != std::string::npos)
                used[i] = found = true;
        }
        return found;
    };
    const auto compare = [&](const Lines& a, const Lines& b, char sign) {
        for (const std::string& line : a)
            if (!b.contains(line) && !excepted(sign, line))
                out.lines.push_back(sign + (' ' + line));
    };
    compare(first, second, '-');
    compare(second, first, '+');
    for (std::size_t i = 0; i < exceptions.size(); ++i)
        if (!used[i])
            out.unused.emplace_back(exceptions[i].part);
    return out;
}

} // namespace glacis::live
