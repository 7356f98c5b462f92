// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several Qt Test classes in one executable. In each *_test.cpp:
//
//     class StrTest : public QObject
//     {
//         Q_OBJECT
//     private Q_SLOTS:
//         void equalByContent();
//     };
//     GLACIS_TEST(StrTest)
//     #include "str_test.moc"
#pragma once

#include <QObject>
#include <QString>
#include <QTest>

#include <functional>
#include <memory>
#include <string_view>

namespace glacis::test {

bool registerTest(std::function<std::unique_ptr<QObject>()> make);

inline QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace glacis::test

#define GLACIS_TEST(Class)                                                                                   \
    static const bool registered##Class                                                                      \
        = glacis::test::registerTest([] { return std::make_unique<Class>(); });
