// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// As test_main.cpp, with a QGuiApplication and no more: a report is also written where there is no window.
#include "test_main.h"

#include <QGuiApplication>

#include <vector>

namespace glacis::test {
namespace {
    std::vector<std::function<std::unique_ptr<QObject>()>>& registry()
    {
        static std::vector<std::function<std::unique_ptr<QObject>()>> tests;
        return tests;
    }
}

bool registerTest(std::function<std::unique_ptr<QObject>()> make)
{
    registry().push_back(std::move(make));
    return true;
}

} // namespace glacis::test

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    int failed = 0;
    for (const auto& make : glacis::test::registry()) {
        const auto test = make();
        failed += QTest::qExec(test.get(), argc, argv);
    }
    return failed > 0 ? 1 : 0;
}
