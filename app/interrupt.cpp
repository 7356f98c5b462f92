// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/interrupt.h>

#include <atomic>

#ifdef _WIN32
#include <windows.h>
#else
#include <csignal>
#include <unistd.h>
#endif

namespace glacis::app {
namespace {
    // Handlers may touch lock-free atomics only. The work polls every few milliseconds, so a second is ample.
    std::atomic<StopSource*> g_source { nullptr };
    std::atomic<bool> g_reading { false };
    static_assert(std::atomic<StopSource*>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

    void request()
    {
        if (StopSource* source = g_source.load())
            source->requestStop();
    }

#ifdef _WIN32
    BOOL WINAPI onConsoleEvent(DWORD event)
    {
        if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
            return FALSE;
        request();
        Sleep(700); // a thread of the console's own
        if (g_reading.load())
            ExitProcess(ExitInterrupted);
        return TRUE;
    }
#else
    extern "C" void onInterrupt(int)
    {
        request();
        if (g_reading.load())
            alarm(1);
    }

    extern "C" void onAlarm(int)
    {
        if (g_reading.load())
            _exit(ExitInterrupted);
    }

    void handle(int number, void (*handler)(int))
    {
        struct sigaction action { };
        action.sa_handler = handler;
        sigemptyset(&action.sa_mask);
        sigaction(number, &action, nullptr); // without SA_RESTART: a blocked read returns
    }
#endif
}

Interrupt::Interrupt()
{
    g_source = &m_source;
    g_reading = true;
#ifdef _WIN32
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
#else
    handle(SIGINT, onInterrupt);
    handle(SIGALRM, onAlarm);
#endif
}

Interrupt::~Interrupt()
{
    g_reading = false;
    g_source = nullptr;
#ifdef _WIN32
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
#else
    alarm(0);
    handle(SIGINT, SIG_DFL);
    handle(SIGALRM, SIG_DFL);
#endif
}

void Interrupt::readingDone()
{
    g_reading = false;
#ifndef _WIN32
    alarm(0);
#endif
}

} // namespace glacis::app
