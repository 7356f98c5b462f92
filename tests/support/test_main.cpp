// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <QCoreApplication>

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
    QCoreApplication app(argc, argv);
    // Qt ends a test after five minutes; who asks for a long search means it.
    if (qEnvironmentVariableIsSet("GLACIS_MUTATIONS") && !qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT"))
        qputenv("QTEST_FUNCTION_TIMEOUT", "86400000");
    // Qt's crash handler starts a debugger for each crash, and again for a crash within it: a plain end is
    // better.
    std::vector<char*> arguments(argv, argv + argc);
    char noHandler[] = "-nocrashhandler";
    arguments.push_back(noHandler);
    arguments.push_back(nullptr);
    int failed = 0;
    for (const auto& make : glacis::test::registry()) {
        const auto test = make();
        failed += QTest::qExec(test.get(), static_cast<int>(arguments.size()) - 1, arguments.data());
    }
    return failed > 0 ? 1 : 0;
}
