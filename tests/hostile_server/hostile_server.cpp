// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile_server.h"

#include <algorithm>
#include <atomic>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include <openssl/ssl.h>

#include "connection.h"

namespace glacis::test {
namespace {
    using namespace std::chrono_literals;
    constexpr std::size_t maxHead = 1U << 20;

    char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

    bool sameName(std::string_view a, std::string_view b)
    {
        return std::equal(
            a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
    }

    std::string decoded(std::string_view text)
    {
        std::string result;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '%' && i + 2 < text.size()) {
                result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
                i += 2;
            } else {
                result += text[i] == '+' ? ' ' : text[i];
            }
        }
        return result;
    }

    bool parseHead(std::string_view head, SeenRequest& request)
    {
        const std::size_t lineEnd = head.find("\r\n");
        const std::string_view line = head.substr(0, lineEnd);
        const std::size_t first = line.find(' '), second = line.rfind(' ');
        if (first == std::string_view::npos || first == second)
            return false;
        request.method = line.substr(0, first);
        request.target = line.substr(first + 1, second - first - 1);
        for (std::size_t at = lineEnd + 2; at < head.size();) {
            const std::size_t end = std::min(head.find("\r\n", at), head.size());
            const std::string_view field = head.substr(at, end - at);
            const std::size_t colon = field.find(':');
            if (colon == std::string_view::npos)
                return false;
            const std::size_t value = field.find_first_not_of(' ', colon + 1);
            request.headers.emplace_back(
                field.substr(0, colon), value == std::string_view::npos ? "" : field.substr(value));
            at = end + 2;
        }
        return true;
    }
}

std::string SeenRequest::path() const { return target.substr(0, target.find('?')); }

std::string SeenRequest::parameter(std::string_view name) const
{
    const std::size_t mark = target.find('?');
    for (std::size_t at = mark == std::string::npos ? target.size() : mark + 1; at < target.size();) {
        const std::size_t end = std::min(target.find('&', at), target.size());
        const std::string_view pair = std::string_view(target).substr(at, end - at);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (decoded(pair.substr(0, equals)) == name)
            return decoded(pair.substr(std::min(equals + 1, pair.size())));
        at = end + 1;
    }
    return {};
}

std::optional<std::string> SeenRequest::header(std::string_view name) const
{
    std::optional<std::string> result;
    for (const auto& [key, value] : headers) {
        if (sameName(key, name))
            result = result ? *result + "\n" + value : value;
    }
    return result;
}

struct HostileServer::State {
    ServerOptions options;
    TlsContext context;
    Socket listener;
    std::uint16_t port = 0;
    std::atomic<bool> stop { false };
    std::atomic<unsigned> opened { 0 }, closed { 0 };

    mutable std::mutex mutex;
    std::map<std::string, Behaviour> behaviours;
    Behaviour rest = status(404, "NotFound", "the server could not find the requested resource");
    std::vector<SeenRequest> seen;
    std::vector<std::string> faults;

    std::list<std::thread> threads; ///< of the acceptor only
    std::thread acceptor;

    void acceptAll();
    void serve(Socket socket, unsigned number);
    bool readRequest(Connection& connection, std::string& buffer, SeenRequest& request);
    Behaviour behaviourFor(const SeenRequest& request) const;
    void fault(std::string text)
    {
        const std::lock_guard lock(mutex);
        faults.push_back(std::move(text));
    }
};

void HostileServer::State::acceptAll()
{
    while (!stop.load()) {
        if (!options.accepts) {
            std::this_thread::sleep_for(20ms);
            continue;
        }
        Socket socket = listener.accept(20ms);
        if (!socket.valid())
            continue;
        const unsigned number = ++opened;
        threads.emplace_back([this, number, taken = std::move(socket)]() mutable {
            blockBrokenPipeSignal();
            serve(std::move(taken), number);
            ++closed;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
}

bool HostileServer::State::readRequest(Connection& connection, std::string& buffer, SeenRequest& request)
{
    char part[4096];
    const auto more = [&] {
        const std::ptrdiff_t got = connection.readSome(part, sizeof part);
        buffer.append(part, static_cast<std::size_t>(got));
        return got > 0;
    };
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
        if (buffer.size() > maxHead || !more())
            return false;
    }
    if (!parseHead(std::string_view(buffer).substr(0, end), request)) {
        fault("request: " + buffer.substr(0, end));
        return false;
    }
    buffer.erase(0, end + 4);
    const std::string length = request.header("Content-Length").value_or("0");
    const std::size_t bodySize = static_cast<std::size_t>(std::stoul(length));
    while (buffer.size() < bodySize) {
        if (!more())
            return false;
    }
    request.body = buffer.substr(0, bodySize);
    buffer.erase(0, bodySize);
    return true;
}

Behaviour HostileServer::State::behaviourFor(const SeenRequest& request) const
{
    const std::lock_guard lock(mutex);
    const auto found = behaviours.find(request.path());
    return found == behaviours.end() ? rest : found->second;
}

void HostileServer::State::serve(Socket socket, unsigned number)
{
    auto inner = std::make_unique<Connection::State>();
    inner->socket = std::move(socket);
    inner->stop = &stop;
    Connection connection(std::move(inner));
    if (options.greeting && !options.greeting(connection))
        return;
    std::string broken;
    if (context && !connection.m_state->handshake(context.get(), broken)) {
        fault(std::move(broken));
        // So that the client can read the alert: what it has sent meanwhile would turn a close into a reset.
        connection.m_state->socket.endWriting();
        (void)connection.waitForClose(500ms);
        return;
    }
    if (options.instead) {
        options.instead(connection);
        return;
    }
    std::string buffer;
    while (connection.open() && !stop.load()) {
        SeenRequest request;
        request.connection = number;
        if (!readRequest(connection, buffer, request))
            return;
        {
            const std::lock_guard lock(mutex);
            seen.push_back(request);
        }
        behaviourFor(request)(connection, request);
    }
}

HostileServer::HostileServer(ServerOptions options)
    : m_state(std::make_unique<State>())
{
    State& state = *m_state;
    state.options = std::move(options);
    state.context = makeTlsContext(state.options);
    state.listener = Socket::listening(state.options.family, state.options.accepts ? 128 : 0);
    if (!state.listener.valid())
        return;
    state.port = state.listener.port();
    state.acceptor = std::thread([&state] { state.acceptAll(); });
}

HostileServer::~HostileServer()
{
    m_state->stop = true;
    if (m_state->acceptor.joinable())
        m_state->acceptor.join();
}

bool HostileServer::valid() const { return m_state->listener.valid(); }

std::uint16_t HostileServer::port() const { return m_state->port; }

std::string HostileServer::url(std::string_view host) const
{
    const std::string_view usual = m_state->options.family == Socket::Family::V6 ? "[::1]" : "127.0.0.1";
    return (m_state->context ? "https://" : "http://") + std::string(host.empty() ? usual : host) + ":"
        + std::to_string(port());
}

void HostileServer::on(std::string path, Behaviour behaviour)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->behaviours.insert_or_assign(std::move(path), std::move(behaviour));
}

void HostileServer::otherwise(Behaviour behaviour)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->rest = std::move(behaviour);
}

std::vector<SeenRequest> HostileServer::requests() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->seen;
}

std::vector<SeenRequest> HostileServer::requests(std::string_view path) const
{
    std::vector<SeenRequest> result = requests();
    std::erase_if(result, [&](const SeenRequest& request) { return request.path() != path; });
    return result;
}

unsigned HostileServer::connections() const { return m_state->opened.load(); }

unsigned HostileServer::openConnections() const { return m_state->opened.load() - m_state->closed.load(); }

std::vector<std::string> HostileServer::faults() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->faults;
}

} // namespace glacis::test
