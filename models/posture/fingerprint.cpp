// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <posture/fingerprint.h>

#include <base/sha256.h>

namespace glacis::posture {

std::string fingerprint(std::string_view check, const Inventory& inventory, ObjectId object,
    const PseudoObject& pseudo, std::string_view locus)
{
    std::string text;
    text.reserve(160);
    text.append(check).append("|");
    if (object.valid()) {
        const inventory::Object& o = inventory.object(object);
        text.append(o.group.view()).append("/").append(o.kindName.view()).append("/");
        text.append(o.ns.view()).append("/").append(o.name.view());
    } else {
        text.append("/").append(pseudo.kind).append("//").append(pseudo.name);
    }
    text.append("|").append(locus);
    return sha256Hex(text, 16);
}

} // namespace glacis::posture
