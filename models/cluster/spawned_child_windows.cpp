// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// CreateProcess with an explicit list of inherited handles, suspended until it is in a job that ends with us.
// Pipes are polled: anonymous ones cannot be waited for.
#ifdef _WIN32
#include "spawned_child.h"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <windows.h>

#include <openssl/crypto.h>

namespace glacis::cluster {
namespace {
    using std::chrono::milliseconds;

    class Handle {
    public:
        Handle() = default;
        explicit Handle(HANDLE handle)
            : m_handle(handle == INVALID_HANDLE_VALUE ? nullptr : handle)
        {
        }
        Handle(Handle&& other) noexcept
            : m_handle(std::exchange(other.m_handle, nullptr))
        {
        }
        Handle& operator=(Handle&& other) noexcept
        {
            std::swap(m_handle, other.m_handle);
            return *this;
        }
        Handle(const Handle&) = delete;
        Handle& operator=(const Handle&) = delete;
        ~Handle() { close(); }
        void close()
        {
            if (m_handle)
                CloseHandle(std::exchange(m_handle, nullptr));
        }
        [[nodiscard]] HANDLE get() const { return m_handle; }
        [[nodiscard]] bool isOpen() const { return m_handle != nullptr; }

    private:
        HANDLE m_handle = nullptr;
    };

    struct Pipe {
        Handle reading, writing;
    };

    SECURITY_ATTRIBUTES inheritable() { return { sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE }; }

    bool makePipe(Pipe& made)
    {
        SECURITY_ATTRIBUTES attributes = inheritable();
        HANDLE reading = nullptr;
        HANDLE writing = nullptr;
        if (!CreatePipe(&reading, &writing, &attributes, 64U << 10))
            return false;
        made.reading = Handle(reading);
        made.writing = Handle(writing);
        return SetHandleInformation(reading, HANDLE_FLAG_INHERIT, 0) != 0;
    }

    std::wstring wide(std::string_view utf8)
    {
        if (utf8.empty())
            return {};
        const int size = static_cast<int>(utf8.size());
        std::wstring text(
            static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, nullptr, 0)), L'\0');
        MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, text.data(), static_cast<int>(text.size()));
        return text;
    }

    /// Sorted by name without regard to case, as CreateProcess asks for it; ends with two zeros.
    std::wstring environmentBlock(const ChildCommand& command)
    {
        std::vector<std::wstring> variables;
        for (const auto& [name, value] : command.environment)
            variables.push_back(wide(name + '=' + value));
        std::sort(variables.begin(), variables.end(), [](const std::wstring& a, const std::wstring& b) {
            return CompareStringOrdinal(a.c_str(), static_cast<int>(a.find(L'=', 1)), b.c_str(),
                       static_cast<int>(b.find(L'=', 1)), TRUE)
                == CSTR_LESS_THAN;
        });
        std::wstring block;
        for (const std::wstring& variable : variables)
            block.append(variable).push_back(L'\0');
        block.push_back(L'\0');
        return block;
    }

    Error systemError(const std::string& program, DWORD reason)
    {
        return { program
            + " cannot be started: " + std::system_category().message(static_cast<int>(reason)) };
    }

    Handle makeJob()
    {
        Handle job(CreateJobObjectW(nullptr, nullptr));
        JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
        if (job.isOpen()
            && !SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits))
            job.close();
        return job;
    }

    /// The handles that the child inherits, and no others.
    class InheritedHandles {
    public:
        explicit InheritedHandles(std::array<HANDLE, 3> handles)
            : m_handles(handles)
        {
            SIZE_T size = 0;
            InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
            m_memory.resize(size);
            auto* list = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(m_memory.data());
            if (!InitializeProcThreadAttributeList(list, 1, 0, &size))
                return;
            m_list = list;
            m_complete = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
                             m_handles.data(), sizeof m_handles, nullptr, nullptr)
                != 0;
        }
        ~InheritedHandles()
        {
            if (m_list)
                DeleteProcThreadAttributeList(m_list);
        }
        InheritedHandles(const InheritedHandles&) = delete;
        InheritedHandles& operator=(const InheritedHandles&) = delete;
        [[nodiscard]] LPPROC_THREAD_ATTRIBUTE_LIST list() const { return m_complete ? m_list : nullptr; }

    private:
        std::array<HANDLE, 3> m_handles;
        std::vector<char> m_memory;
        LPPROC_THREAD_ATTRIBUTE_LIST m_list = nullptr;
        bool m_complete = false;
    };

} // namespace

struct SpawnedChild::State {
    Handle process, job, output, errors;

    /// Reads what is there; closes the handle at the stream's end. Whether there was something.
    static bool readOnce(Handle& from, Stream stream, const Sink& sink)
    {
        DWORD available = 0;
        if (!from.isOpen())
            return false;
        if (!PeekNamedPipe(from.get(), nullptr, 0, nullptr, &available, nullptr)) {
            from.close();
            return false;
        }
        if (available == 0)
            return false;
        std::array<char, 64U << 10> bytes;
        DWORD got = 0;
        if (!ReadFile(from.get(), bytes.data(), std::min(available, static_cast<DWORD>(bytes.size())), &got,
                nullptr)) {
            from.close();
            return false;
        }
        sink(stream, std::string_view(bytes.data(), got));
        OPENSSL_cleanse(bytes.data(), got);
        return true;
    }
};

SpawnedChild::SpawnedChild(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

SpawnedChild::~SpawnedChild() { endGroup(); }

Result<std::unique_ptr<SpawnedChild>> SpawnedChild::start(const ChildCommand& command)
{
    Pipe output, errors;
    auto state = std::make_unique<State>();
    state->job = makeJob();
    if (!makePipe(output) || !makePipe(errors) || !state->job.isOpen())
        return tl::unexpected(systemError(command.program, GetLastError()));
    SECURITY_ATTRIBUTES attributes = inheritable();
    const Handle nothing(CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &attributes,
        OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
    Handle terminal;
    if (command.input == ChildInput::Terminal) {
        HANDLE copy = nullptr;
        DuplicateHandle(GetCurrentProcess(), GetStdHandle(STD_INPUT_HANDLE), GetCurrentProcess(), &copy, 0,
            TRUE, DUPLICATE_SAME_ACCESS);
        terminal = Handle(copy);
    }
    STARTUPINFOEXW startup = {};
    startup.StartupInfo.cb = sizeof startup;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = terminal.isOpen() ? terminal.get() : nothing.get();
    startup.StartupInfo.hStdOutput = output.writing.get();
    startup.StartupInfo.hStdError = errors.writing.get();
    const InheritedHandles inherited(
        { startup.StartupInfo.hStdInput, startup.StartupInfo.hStdOutput, startup.StartupInfo.hStdError });
    startup.lpAttributeList = inherited.list();
    if (!startup.lpAttributeList)
        return tl::unexpected(systemError(command.program, GetLastError()));

    std::wstring line = wide(windowsCommandLine(command.argv));
    std::wstring environment = environmentBlock(command);
    PROCESS_INFORMATION made = {};
    const DWORD flags = CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT
        | (terminal.isOpen() ? 0 : CREATE_NO_WINDOW);
    const BOOL started = CreateProcessW(wide(command.program).c_str(), line.data(), nullptr, nullptr, TRUE,
        flags, environment.data(), nullptr, &startup.StartupInfo, &made);
    const DWORD reason = GetLastError();
    OPENSSL_cleanse(environment.data(), environment.size() * sizeof(wchar_t));
    if (!started)
        return tl::unexpected(systemError(command.program, reason));
    state->process = Handle(made.hProcess);
    const Handle thread(made.hThread);
    if (!AssignProcessToJobObject(state->job.get(), made.hProcess)) {
        const DWORD refused = GetLastError();
        TerminateProcess(made.hProcess, 1);
        return tl::unexpected(systemError(command.program, refused));
    }
    ResumeThread(thread.get());
    state->output = std::move(output.reading);
    state->errors = std::move(errors.reading);
    return std::unique_ptr<SpawnedChild>(new SpawnedChild(std::move(state)));
}

bool SpawnedChild::read(milliseconds wait, const Sink& sink)
{
    State& s = *m_state;
    const auto until = std::chrono::steady_clock::now() + wait;
    for (;;) {
        const bool output = State::readOnce(s.output, Stream::Output, sink);
        const bool errors = State::readOnce(s.errors, Stream::Errors, sink);
        const bool open = s.output.isOpen() || s.errors.isOpen();
        if (output || errors || std::chrono::steady_clock::now() >= until)
            return open;
        std::this_thread::sleep_for(std::min(wait, milliseconds(10)));
        if (!open || ended())
            return open;
    }
}

std::optional<SpawnedChild::Status> SpawnedChild::ended()
{
    if (!m_state->process.isOpen())
        return Status {};
    if (WaitForSingleObject(m_state->process.get(), 0) != WAIT_OBJECT_0)
        return std::nullopt;
    DWORD code = 0;
    GetExitCodeProcess(m_state->process.get(), &code);
    return Status { false, static_cast<int>(code) };
}

void SpawnedChild::askToEnd()
{
    // A process without a console has nothing that could be asked; the job ends it.
    if (m_state->job.isOpen())
        TerminateJobObject(m_state->job.get(), 1);
}

void SpawnedChild::leaveGroup()
{
    if (m_state->job.isOpen()) {
        JOBOBJECT_EXTENDED_LIMIT_INFORMATION none = {}; // else closing the job would end what is in it
        SetInformationJobObject(m_state->job.get(), JobObjectExtendedLimitInformation, &none, sizeof none);
    }
    m_state->job.close();
    m_state->process.close();
}

void SpawnedChild::endGroup()
{
    if (m_state->job.isOpen())
        TerminateJobObject(m_state->job.get(), 1);
    m_state->job.close();
    m_state->process.close();
}

} // namespace glacis::cluster
#endif
