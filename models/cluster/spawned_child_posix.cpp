// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// fork() in a program with threads: between fork and exec the child may call only what POSIX lists as
// async-signal-safe, so everything is prepared before. posix_spawn would do but for the terminal's foreground
// and for closing every descriptor, which it cannot do on all systems.
#ifndef _WIN32
#include "spawned_child.h"

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

#include <openssl/crypto.h>

namespace glacis::cluster {
namespace {
    using std::chrono::milliseconds;

    constexpr milliseconds reapWithin { 500 };

    class Descriptor {
    public:
        Descriptor() = default;
        explicit Descriptor(int number)
            : m_number(number)
        {
        }
        Descriptor(Descriptor&& other) noexcept
            : m_number(std::exchange(other.m_number, -1))
        {
        }
        Descriptor& operator=(Descriptor&& other) noexcept
        {
            std::swap(m_number, other.m_number);
            return *this;
        }
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;
        ~Descriptor() { close(); }
        void close()
        {
            if (m_number >= 0)
                ::close(std::exchange(m_number, -1));
        }
        [[nodiscard]] int number() const { return m_number; }
        [[nodiscard]] bool isOpen() const { return m_number >= 0; }

    private:
        int m_number = -1;
    };

    constexpr int statusNumber = 3; // where the child keeps the pipe that tells of a failed exec
    constexpr int firstFree = 10; // our ends lie above what dup2() in the child overwrites

    struct Pipe {
        Descriptor reading, writing;
    };

    Descriptor lifted(int number)
    {
        Descriptor low(number);
        return Descriptor(::fcntl(number, F_DUPFD_CLOEXEC, firstFree));
    }

    bool makePipe(Pipe& made)
    {
        std::array<int, 2> ends { -1, -1 };
#if defined(__linux__)
        const int failed = ::pipe2(ends.data(), O_CLOEXEC);
#else
        const int failed = ::pipe(ends.data());
#endif
        if (failed != 0)
            return false;
        made.reading = lifted(ends[0]);
        made.writing = lifted(ends[1]);
        return made.reading.isOpen() && made.writing.isOpen();
    }

    /// What the child needs, all prepared: it must not allocate.
    struct Start {
        const char* program = nullptr;
        std::vector<char*> argv, environment;
        std::vector<std::string> variables;
        int input = -1, output = -1, errors = -1, status = -1;
        int highestDescriptor = 1024;
        bool terminal = false;
    };

    std::vector<char*> pointers(const std::vector<std::string>& texts)
    {
        std::vector<char*> result;
        result.reserve(texts.size() + 1);
        for (const std::string& text : texts)
            result.push_back(const_cast<char*>(text.c_str())); // execve() does not write
        result.push_back(nullptr);
        return result;
    }

    // ------------------------------------------------------- in the child, async-signal-safe calls only

    void closeFrom(int first, int highest)
    {
#if defined(__linux__) && defined(SYS_close_range)
        if (::syscall(SYS_close_range, static_cast<unsigned>(first), ~0U, 0U) == 0)
            return;
#endif
        for (int number = first; number < highest; ++number)
            ::close(number);
    }

    void useDefaultSignals()
    {
        struct sigaction normal = {};
        normal.sa_handler = SIG_DFL; // NOLINT(cppcoreguidelines-pro-type-union-access)
        for (int number = 1; number < NSIG; ++number)
            ::sigaction(number, &normal, nullptr);
    }

    [[noreturn]] void becomeProgram(const Start& start)
    {
        useDefaultSignals();
        if (start.terminal) {
            ::setpgid(0, 0);
            ::tcsetpgrp(STDIN_FILENO, ::getpid()); // SIGTTOU is blocked still
        } else {
            ::setsid(); // a group of its own, and no terminal that it could wait for
            ::dup2(start.input, STDIN_FILENO);
        }
        ::dup2(start.output, STDOUT_FILENO);
        ::dup2(start.errors, STDERR_FILENO);
        ::dup2(start.status, statusNumber);
        ::fcntl(statusNumber, F_SETFD, FD_CLOEXEC);
        closeFrom(statusNumber + 1, start.highestDescriptor);
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::execve(start.program, start.argv.data(), start.environment.data());
        const int reason = errno;
        static_cast<void>(::write(statusNumber, &reason, sizeof reason) == sizeof reason);
        ::_exit(127);
    }

    // ------------------------------------------------------------------------------------- in the parent

    /// All signals blocked in this thread while it lives: a handler of ours must not run in the child.
    class SignalsBlocked {
    public:
        SignalsBlocked()
        {
            sigset_t all;
            ::sigfillset(&all);
            ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
        }
        ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
        SignalsBlocked(const SignalsBlocked&) = delete;
        SignalsBlocked& operator=(const SignalsBlocked&) = delete;

    private:
        sigset_t m_before {};
    };

    int highestDescriptor()
    {
        struct rlimit limit = {};
        if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > 65'536)
            return 65'536;
        return static_cast<int>(limit.rlim_cur);
    }

    /// Errno of a failed exec; 0 when the program runs.
    int execFailure(int status)
    {
        int reason = 0;
        ssize_t got = 0;
        do
            got = ::read(status, &reason, sizeof reason);
        while (got < 0 && errno == EINTR);
        return got == sizeof reason ? reason : 0;
    }

    Error systemError(const std::string& what, int reason)
    {
        return { what + ": " + std::generic_category().message(reason) };
    }

} // namespace

struct SpawnedChild::State {
    pid_t pid = -1; ///< of the program, and of its group; kept a zombie until the group has ended
    bool terminal = false;
    Descriptor output, errors;

    void takeTerminalBack() const
    {
        if (!terminal)
            return;
        const SignalsBlocked blocked; // SIGTTOU would stop us
        ::tcsetpgrp(STDIN_FILENO, ::getpgrp());
    }

    /// Reads until nobody can write any more, for nobody.
    void drain()
    {
        while (output.isOpen() || errors.isOpen()) {
            std::array<pollfd, 2> watched { pollfd { output.number(), POLLIN, 0 },
                pollfd { errors.number(), POLLIN, 0 } };
            if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR)
                return;
            for (Descriptor* stream : { &output, &errors }) {
                const pollfd& told = watched[stream == &errors];
                if (stream->isOpen() && told.revents != 0)
                    readOnce(*stream, Stream::Output, [](Stream, std::string_view) {});
            }
        }
    }

    /// Reads once; closes the descriptor at the stream's end.
    static void readOnce(Descriptor& from, Stream stream, const Sink& sink)
    {
        std::array<char, 64U << 10> bytes;
        const ssize_t got = ::read(from.number(), bytes.data(), bytes.size());
        if (got > 0) {
            sink(stream, std::string_view(bytes.data(), static_cast<std::size_t>(got)));
            OPENSSL_cleanse(bytes.data(), static_cast<std::size_t>(got));
        } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
            from.close();
        }
    }
};

SpawnedChild::SpawnedChild(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

SpawnedChild::~SpawnedChild() { endGroup(); }

Result<std::unique_ptr<SpawnedChild>> SpawnedChild::start(const ChildCommand& command)
{
    Pipe output, errors, status;
    if (!makePipe(output) || !makePipe(errors) || !makePipe(status))
        return tl::unexpected(systemError(command.program + " cannot be started", errno));
    const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const Descriptor input(nothing.isOpen() ? ::fcntl(nothing.number(), F_DUPFD_CLOEXEC, firstFree) : -1);
    Start start;
    start.program = command.program.c_str();
    start.argv = pointers(command.argv);
    for (const auto& [name, value] : command.environment)
        start.variables.emplace_back(name).append(1, '=').append(value);
    start.environment = pointers(start.variables);
    start.input = input.number();
    start.output = output.writing.number();
    start.errors = errors.writing.number();
    start.status = status.writing.number();
    start.highestDescriptor = highestDescriptor();
    start.terminal = command.input == ChildInput::Terminal;

    pid_t pid = -1;
    int reason = 0;
    {
        const SignalsBlocked blocked;
        pid = ::fork();
        if (pid == 0)
            becomeProgram(start);
        reason = errno;
    }
    for (std::string& variable : start.variables)
        OPENSSL_cleanse(variable.data(), variable.size()); // passwords of the kubeconfig may stand here
    if (pid < 0)
        return tl::unexpected(systemError(command.program + " cannot be started", reason));
    auto state = std::make_unique<State>();
    state->pid = pid;
    state->terminal = start.terminal;
    state->output = std::move(output.reading);
    state->errors = std::move(errors.reading);
    std::unique_ptr<SpawnedChild> child(new SpawnedChild(std::move(state)));
    status.writing.close();
    if (const int failed = execFailure(status.reading.number()); failed != 0)
        return tl::unexpected(systemError(command.program + " cannot be started", failed));
    return child;
}

bool SpawnedChild::read(milliseconds wait, const Sink& sink)
{
    State& s = *m_state;
    std::array<pollfd, 2> watched { pollfd { s.output.number(), POLLIN, 0 },
        pollfd { s.errors.number(), POLLIN, 0 } }; // a negative number is left out
    const bool open = s.output.isOpen() || s.errors.isOpen();
    const auto longest = open ? wait : std::min(wait, milliseconds(10));
    if (::poll(watched.data(), watched.size(), static_cast<int>(longest.count())) <= 0)
        return open;
    if (watched[0].revents != 0)
        State::readOnce(s.output, Stream::Output, sink);
    if (watched[1].revents != 0)
        State::readOnce(s.errors, Stream::Errors, sink);
    return s.output.isOpen() || s.errors.isOpen();
}

std::optional<SpawnedChild::Status> SpawnedChild::ended()
{
    if (m_state->pid < 0)
        return Status {};
    // Left unreaped: as long as it is there, nobody else can get its number, and killpg() means our group.
    siginfo_t info = {};
    if (::waitid(P_PID, static_cast<id_t>(m_state->pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0) {
        if (errno == EINTR)
            return std::nullopt;
        return Status { true, 0 }; // somebody else has reaped it
    }
    if (info.si_pid == 0)
        return std::nullopt;
    return Status { info.si_code != CLD_EXITED, info.si_status };
}

void SpawnedChild::askToEnd()
{
    if (m_state->pid > 0)
        ::killpg(m_state->pid, SIGTERM);
}

void SpawnedChild::leaveGroup()
{
    const pid_t pid = std::exchange(m_state->pid, -1);
    if (pid < 0)
        return;
    m_state->takeTerminalBack();
    ::waitpid(pid, nullptr, WNOHANG); // it has ended
    // What lives on may still write: a closed or a full pipe would end or hold it.
    if (m_state->output.isOpen() || m_state->errors.isOpen())
        std::thread([state = std::move(m_state)] { state->drain(); }).detach();
    m_state = std::make_unique<State>();
}

void SpawnedChild::endGroup()
{
    const pid_t pid = std::exchange(m_state->pid, -1);
    if (pid < 0)
        return;
    ::killpg(pid, SIGKILL);
    m_state->takeTerminalBack();
    const auto until = std::chrono::steady_clock::now() + reapWithin;
    for (;;) {
        const pid_t reaped = ::waitpid(pid, nullptr, WNOHANG);
        if (reaped == pid || (reaped < 0 && errno != EINTR))
            return;
        if (std::chrono::steady_clock::now() >= until)
            break;
        std::this_thread::sleep_for(milliseconds(2));
    }
    // Waits on a dead disk, or runs as another user: whenever it ends it must not stay a zombie.
    std::thread([pid] { ::waitpid(pid, nullptr, 0); }).detach();
}

} // namespace glacis::cluster
#endif
