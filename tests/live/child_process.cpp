// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// POSIX: the live tests are not built elsewhere.
#include "child_process.h"

#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

namespace glacis::live {

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& argv, const std::string& log)
{
    // All memory is taken before fork(): other threads may hold the allocator's locks.
    std::vector<char*> arguments;
    for (const std::string& argument : argv)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (output < 0)
        return failure(log + " could not be opened: " + std::strerror(errno));
    const pid_t parent = ::getpid();
    const pid_t id = ::fork();
    if (id == 0) {
#if defined(__linux__)
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) // died before prctl()
            ::_exit(127);
#endif
        ::setpgid(0, 0); // Ctrl+C in a terminal is for the test, which ends its children in order
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
    ::close(output);
    if (id < 0)
        return failure(argv.front() + " could not be started: " + std::strerror(errno));
    static_cast<void>(parent);
    ChildProcess child;
    child.m_id = id;
    return child;
}

ChildProcess::~ChildProcess() { end(); }

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_id(std::exchange(other.m_id, 0))
{
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept
{
    if (this != &other) {
        end();
        m_id = std::exchange(other.m_id, 0);
    }
    return *this;
}

bool ChildProcess::running()
{
    if (m_id != 0 && ::waitpid(m_id, nullptr, WNOHANG) != 0)
        m_id = 0;
    return m_id != 0;
}

void ChildProcess::end(std::chrono::milliseconds patience)
{
    if (!running())
        return;
    ::kill(m_id, SIGTERM);
    const auto limit = std::chrono::steady_clock::now() + patience;
    while (running() && std::chrono::steady_clock::now() < limit)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    kill();
}

void ChildProcess::kill()
{
    if (!running())
        return;
    ::kill(m_id, SIGKILL);
    ::waitpid(m_id, nullptr, 0);
    m_id = 0;
}

} // namespace glacis::live
