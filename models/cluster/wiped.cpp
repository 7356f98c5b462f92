// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wiped.h"

#include <utility>

#include <openssl/crypto.h>

namespace glacis::cluster {

Wiped::Wiped(Wiped&& other) noexcept
    : m_text(other.m_text)
{
    // Copied, not moved: a short string would stay readable in the other object's own storage.
    other.wipe();
}

Wiped& Wiped::operator=(const Wiped& other)
{
    if (this != &other) {
        wipe();
        m_text = other.m_text;
    }
    return *this;
}

Wiped& Wiped::operator=(Wiped&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_text.swap(other.m_text);
        other.wipe();
    }
    return *this;
}

Wiped::~Wiped() { wipe(); }

void Wiped::wipe() noexcept
{
    OPENSSL_cleanse(m_text.data(), m_text.capacity());
    m_text.clear();
}

} // namespace glacis::cluster
