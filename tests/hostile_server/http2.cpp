// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http2.h"

#include <algorithm>

namespace glacis::test {
namespace {
    enum FrameType : std::uint8_t {
        Data = 0,
        HeadersFrame = 1,
        ResetStream = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7
    };
    constexpr std::uint8_t endStream = 1, acknowledged = 1, endHeaders = 4;

    struct Frame {
        std::uint8_t type = 0, flags = 0;
        std::uint32_t stream = 0;
        std::string payload;
    };

    std::string bigEndian(std::uint32_t number, int bytes)
    {
        std::string result;
        for (int i = bytes - 1; i >= 0; --i)
            result += static_cast<char>((number >> (8 * i)) & 0xFFU);
        return result;
    }

    std::uint32_t numberOf(std::string_view bytes)
    {
        std::uint32_t result = 0;
        for (const char c : bytes)
            result = result << 8U | static_cast<unsigned char>(c);
        return result;
    }

    std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, const std::string& payload)
    {
        return bigEndian(static_cast<std::uint32_t>(payload.size()), 3) + static_cast<char>(type)
            + static_cast<char>(flags) + bigEndian(stream, 4) + payload;
    }

    bool readFrame(Connection& connection, Frame& into)
    {
        const std::string head = connection.read(9);
        if (head.size() < 9)
            return false;
        const std::string_view bytes = head;
        const std::size_t size = numberOf(bytes.substr(0, 3));
        into.type = static_cast<std::uint8_t>(head[3]);
        into.flags = static_cast<std::uint8_t>(head[4]);
        into.stream = numberOf(bytes.substr(5, 4)) & 0x7FFFFFFFU;
        into.payload = connection.read(size);
        return into.payload.size() == size;
    }

    /// ":status: 200" and "content-type: application/json" (RFC 7541, entries 8 and 31 of the static table).
    std::string okHeaders(std::uint32_t stream)
    {
        return frame(
            HeadersFrame, endHeaders, stream, std::string("\x88\x0f\x10\x10", 4) + "application/json");
    }

    void answer(Connection& connection, std::uint32_t stream, Http2Answer how)
    {
        constexpr std::uint32_t internalError = 2;
        const std::string whole = okHeaders(stream)
            + frame(Data, endStream, stream, "{\"stream\":" + std::to_string(stream) + "}");
        switch (how) {
        case Http2Answer::Whole:
            connection.send(whole);
            break;
        case Http2Answer::ResetInBody:
            connection.send(okHeaders(stream) + frame(Data, 0, stream, R"({"items":[{"a":1})")
                + frame(ResetStream, 0, stream, bigEndian(internalError, 4)));
            break;
        case Http2Answer::ResetAtOnce:
            connection.send(frame(ResetStream, 0, stream, bigEndian(internalError, 4)));
            break;
        case Http2Answer::Nothing:
            break;
        case Http2Answer::Leave:
            connection.send(whole + frame(GoAway, 0, 0, bigEndian(stream, 4) + bigEndian(0, 4)));
            connection.close();
            break;
        case Http2Answer::Noise:
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            break;
        }
    }

    void talk(Connection& connection, const Http2Plan& plan, Http2Log& log)
    {
        constexpr std::size_t prefaceSize = 24;
        if (connection.read(prefaceSize).size() < prefaceSize)
            return;
        connection.send(frame(Settings, 0, 0, {}));
        std::vector<std::uint32_t> waiting;
        for (Frame next; connection.open() && readFrame(connection, next);) {
            if (next.type == Settings && (next.flags & acknowledged) == 0)
                connection.send(frame(Settings, acknowledged, 0, {}));
            else if (next.type == Ping && (next.flags & acknowledged) == 0)
                connection.send(frame(Ping, acknowledged, 0, next.payload));
            else if (next.type == ResetStream)
                ++log.resets;
            const bool request
                = (next.type == HeadersFrame || next.type == Data) && (next.flags & endStream) != 0;
            if (!request)
                continue;
            waiting.push_back(next.stream);
            if (waiting.size() < plan.hold)
                continue;
            std::reverse(waiting.begin(), waiting.end());
            for (const std::uint32_t stream : waiting)
                answer(connection, stream,
                    plan.answers[std::min<std::size_t>(log.requests++, plan.answers.size() - 1)]);
            waiting.clear();
        }
    }
}

void speakHttp2(ServerOptions& options, Http2Plan plan, std::shared_ptr<Http2Log> log)
{
    options.protocol = "h2";
    options.instead = [plan = std::move(plan), log = std::move(log)](
                          Connection& connection) { talk(connection, plan, *log); };
}

} // namespace glacis::test
