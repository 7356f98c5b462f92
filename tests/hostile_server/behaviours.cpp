// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile_server.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace glacis::test {
namespace {
    using namespace std::chrono_literals;
    constexpr std::chrono::milliseconds forEver = 1h;

    std::string head(int status, const Headers& headers)
    {
        std::string result
            = "HTTP/1.1 " + std::to_string(status) + " " + std::string(reasonOf(status)) + "\r\n";
        for (const auto& [name, value] : headers)
            result += name + ": " + value + "\r\n";
        return result + "\r\n";
    }

    std::string jsonHead(std::string_view more)
    {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + std::string(more) + "\r\n";
    }

    std::string chunk(std::string_view bytes)
    {
        static constexpr std::string_view digits = "0123456789abcdef";
        std::string size;
        for (std::size_t left = bytes.size(); left > 0; left >>= 4U)
            size.insert(size.begin(), digits[left & 15U]);
        return (size.empty() ? "0" : size) + "\r\n" + std::string(bytes) + "\r\n";
    }

    std::uint32_t crc32Of(std::uint32_t crc, std::string_view bytes)
    {
        static const auto table = [] {
            std::array<std::uint32_t, 256> result {};
            for (std::uint32_t i = 0; i < 256; ++i) {
                std::uint32_t value = i;
                for (int bit = 0; bit < 8; ++bit)
                    value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
                result[i] = value;
            }
            return result;
        }();
        crc = ~crc;
        for (const char c : bytes)
            crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (crc >> 8U);
        return ~crc;
    }

    template <class Number> void appendLittle(std::string& out, Number number)
    {
        for (std::size_t i = 0; i < sizeof number; ++i)
            out += static_cast<char>((number >> (8 * i)) & 0xFFU);
    }

    constexpr std::string_view gzipHead { "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10 };
}

std::string_view reasonOf(int status)
{
    static constexpr std::pair<int, std::string_view> reasons[] = {
        { 200, "OK" },
        { 201, "Created" },
        { 302, "Found" },
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 410, "Gone" },
        { 429, "Too Many Requests" },
        { 500, "Internal Server Error" },
        { 503, "Service Unavailable" },
    };
    const auto* found = std::find_if(
        std::begin(reasons), std::end(reasons), [&](const auto& r) { return r.first == status; });
    return found == std::end(reasons) ? "Status" : found->second;
}

std::string answerText(int status, const Headers& headers, std::string_view body)
{
    Headers all = headers;
    all.emplace_back("Content-Length", std::to_string(body.size()));
    return head(status, all) + std::string(body);
}

Behaviour answer(int status, std::string contentType, std::string body, Headers headers)
{
    headers.emplace_back("Content-Type", std::move(contentType));
    return [text = answerText(status, headers, body)](
               Connection& connection, const SeenRequest&) { connection.send(text); };
}

Behaviour json(std::string body, int status, Headers headers)
{
    return answer(status, "application/json", std::move(body), std::move(headers));
}

std::string statusJson(int code, std::string_view reason, std::string_view message)
{
    return R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")"
        + std::string(message) + R"(","reason":")" + std::string(reason) + R"(","code":)"
        + std::to_string(code) + "}";
}

Behaviour status(int code, std::string reason, std::string message, Headers headers)
{
    return json(statusJson(code, reason, message), code, std::move(headers));
}

Behaviour computed(std::function<std::string(const SeenRequest&)> jsonBody)
{
    return [jsonBody = std::move(jsonBody)](Connection& connection, const SeenRequest& request) {
        connection.send(answerText(200, { { "Content-Type", "application/json" } }, jsonBody(request)));
    };
}

Behaviour sequence(std::vector<Behaviour> behaviours)
{
    auto next = std::make_shared<std::atomic<std::size_t>>(0);
    return [next, all = std::move(behaviours)](Connection& connection, const SeenRequest& request) {
        all[std::min(next->fetch_add(1), all.size() - 1)](connection, request);
    };
}

Behaviour after(std::chrono::milliseconds time, Behaviour next)
{
    return [time, next = std::move(next)](Connection& connection, const SeenRequest& request) {
        if (connection.pause(time))
            next(connection, request);
    };
}

Behaviour raw(std::string bytes)
{
    return [bytes = std::move(bytes)](Connection& connection, const SeenRequest&) {
        connection.send(bytes);
        connection.close();
    };
}

Behaviour silent()
{
    return [](Connection& connection, const SeenRequest&) { connection.pause(forEver); };
}

Behaviour closes()
{
    return [](Connection& connection, const SeenRequest&) { connection.close(); };
}

Behaviour resets()
{
    return [](Connection& connection, const SeenRequest&) { connection.reset(); };
}

Behaviour stopsInBody(std::string body, std::uint64_t promised)
{
    return raw(jsonHead("Content-Length: " + std::to_string(promised) + "\r\n") + body);
}

Behaviour hangsInBody(std::string body, std::uint64_t promised)
{
    return [text = jsonHead("Content-Length: " + std::to_string(promised) + "\r\n") + body](
               Connection& connection, const SeenRequest&) {
        connection.send(text);
        connection.pause(forEver);
    };
}

Behaviour stopsInChunks(std::string body)
{
    return raw(jsonHead("Transfer-Encoding: chunked\r\n") + chunk(body));
}

Behaviour drips(std::string body, std::chrono::milliseconds pauseAfterEach)
{
    return [body = std::move(body), pauseAfterEach](Connection& connection, const SeenRequest&) {
        if (connection.send(jsonHead("Content-Length: " + std::to_string(body.size()) + "\r\n")))
            connection.drip(body, pauseAfterEach);
    };
}

Behaviour endless(std::string begin, std::string unit, std::uint64_t bytes, Length length)
{
    std::string block;
    while (block.size() < 64U << 10U)
        block += unit;
    return [=](Connection& connection, const SeenRequest&) {
        const bool chunked = length == Length::Chunked;
        bool going = connection.send(jsonHead(chunked ? "Transfer-Encoding: chunked\r\n"
                                                      : "Content-Length: " + std::to_string(bytes) + "\r\n"));
        std::uint64_t sent = 0;
        for (std::string_view next = begin; going && sent < bytes; next = block) {
            const std::string_view part = next.substr(0, bytes - sent);
            going = connection.send(chunked ? chunk(part) : std::string(part));
            sent += part.size();
        }
        if (going && chunked)
            connection.send("0\r\n\r\n");
    };
}

std::string gzip(std::string_view body)
{
    constexpr std::size_t most = 65'535; // of a stored block
    std::string out(gzipHead);
    std::string_view rest = body;
    do {
        const std::string_view part = rest.substr(0, most);
        rest.remove_prefix(part.size());
        out += rest.empty() ? '\1' : '\0';
        appendLittle(out, static_cast<std::uint16_t>(part.size()));
        appendLittle(out, static_cast<std::uint16_t>(~part.size()));
        out += part;
    } while (!rest.empty());
    appendLittle(out, crc32Of(0, body));
    appendLittle(out, static_cast<std::uint32_t>(body.size()));
    return out;
}

Behaviour gzipped(std::string body) { return json(gzip(body), 200, { { "Content-Encoding", "gzip" } }); }

Behaviour gzipBomb(std::uint64_t unpacked)
{
    // One block of fixed codes: the letter '0' (01100000), then again and again "258 bytes from one byte
    // back" (11000101 00000). 8 times 13 bits are 13 bytes.
    return [unpacked](Connection& connection, const SeenRequest&) {
        std::string bits = "110" // last block, fixed codes (lowest bit first)
                           "01100000";
        const std::string repeat = "1100010100000";
        std::string block;
        const auto flush = [&] {
            std::size_t at = 0;
            for (; at + 8 <= bits.size(); at += 8) {
                unsigned byte = 0;
                for (unsigned bit = 0; bit < 8; ++bit)
                    byte |= (bits[at + bit] == '1' ? 1U : 0U) << bit;
                block += static_cast<char>(byte);
            }
            bits.erase(0, at);
        };
        connection.send(jsonHead("Content-Encoding: gzip\r\nConnection: close\r\n"));
        connection.send(gzipHead);
        // The first round has an offset of three bits, which stays the same for ever: one period is enough.
        for (int i = 0; i < 8; ++i)
            bits += repeat;
        flush();
        connection.send(block);
        block.clear();
        for (int i = 0; i < 8 * 256; ++i)
            bits += repeat;
        flush();
        const std::string period = block; // 8 * 256 * 258 bytes of '0'
        for (std::uint64_t out = 0; out < unpacked; out += std::uint64_t { 8 } * 256 * 258) {
            if (!connection.send(period))
                return;
        }
        connection.close();
    };
}

} // namespace glacis::test
