// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connection.h"

#include <stdexcept>
#include <thread>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace glacis::test {
namespace {
    using namespace std::chrono_literals;
    constexpr std::chrono::milliseconds step = 20ms;

    void must(bool done, const char* what)
    {
        if (!done)
            throw std::runtime_error(what);
    }

    std::string lastFault()
    {
        char text[256] = {};
        ERR_error_string_n(ERR_peek_last_error(), text, sizeof text);
        ERR_clear_error();
        return text;
    }

    /// Takes the first protocol of ours that the client knows too.
    int chooseProtocol(SSL*, const unsigned char** chosen, unsigned char* chosenSize,
        const unsigned char* offered, unsigned offeredSize, void* ours)
    {
        const auto& wanted = *static_cast<const std::string*>(ours);
        unsigned char* found = nullptr;
        const int result
            = SSL_select_next_proto(&found, chosenSize, reinterpret_cast<const unsigned char*>(wanted.data()),
                static_cast<unsigned>(wanted.size()), offered, offeredSize);
        *chosen = found;
        return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
    }
}

TlsContext makeTlsContext(const ServerOptions& options)
{
    if (!options.tls)
        return nullptr;
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    must(context != nullptr, "no TLS context");
    if (options.tls10Only) {
        SSL_CTX_set_security_level(context.get(), 0);
        SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.get(), TLS1_VERSION);
    } else if (!options.tls13) {
        SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
    }
    const std::unique_ptr<BIO, decltype(&BIO_free)> certificateBytes(
        BIO_new_mem_buf(options.tls->certificatePem.data(), -1), &BIO_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        PEM_read_bio_X509(certificateBytes.get(), nullptr, nullptr, nullptr), &X509_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> keyBytes(
        BIO_new_mem_buf(options.tls->keyPem.data(), -1), &BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PrivateKey(keyBytes.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    must(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1
            && SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1,
        "the server's certificate cannot be used");
    if (!options.clientAuthority.empty()) {
        const std::unique_ptr<BIO, decltype(&BIO_free)> caBytes(
            BIO_new_mem_buf(options.clientAuthority.data(), -1), &BIO_free);
        const std::unique_ptr<X509, decltype(&X509_free)> ca(
            PEM_read_bio_X509(caBytes.get(), nullptr, nullptr, nullptr), &X509_free);
        must(X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), ca.get()) == 1,
            "the clients' authority cannot be used");
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    // Lives as long as the program: contexts are few.
    static const std::string http1 = "\x08http/1.1", http2 = "\x02h2";
    const std::string& ours = options.protocol == "h2" ? http2 : http1;
    SSL_CTX_set_alpn_select_cb(context.get(), &chooseProtocol, const_cast<std::string*>(&ours));
    return context;
}

bool Connection::State::wait(Socket::Direction direction) const
{
    while (!stop->load()) {
        if (socket.wait(direction, step))
            return true;
    }
    return false;
}

bool Connection::State::wantsAgain(int result) const
{
    const int why = SSL_get_error(tls.get(), result);
    if (why == SSL_ERROR_WANT_READ)
        return wait(Socket::Direction::Read);
    if (why == SSL_ERROR_WANT_WRITE)
        return wait(Socket::Direction::Write);
    return false;
}

bool Connection::State::handshake(SSL_CTX* context, std::string& fault)
{
    tls.reset(SSL_new(context));
    must(tls && SSL_set_fd(tls.get(), socket.handle()) == 1, "no TLS session");
    for (;;) {
        ERR_clear_error();
        const int result = SSL_accept(tls.get());
        if (result == 1)
            break;
        if (!wantsAgain(result)) {
            fault = "tls: " + lastFault();
            return false;
        }
    }
    const std::unique_ptr<X509, decltype(&X509_free)> peer(SSL_get1_peer_certificate(tls.get()), &X509_free);
    if (peer) {
        char name[256] = {};
        X509_NAME_get_text_by_NID(X509_get_subject_name(peer.get()), NID_commonName, name, sizeof name);
        clientName = name;
    }
    return true;
}

Connection::Connection(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Connection::~Connection() = default;

bool Connection::send(std::string_view bytes)
{
    State& state = *m_state;
    while (!bytes.empty()) {
        if (state.peerGone || !state.socket.valid() || state.stop->load())
            return false;
        if (state.tls) {
            ERR_clear_error();
            const int put = SSL_write(state.tls.get(), bytes.data(),
                static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 14)));
            if (put > 0)
                bytes.remove_prefix(static_cast<std::size_t>(put));
            else if (!state.wantsAgain(put))
                state.peerGone = true;
            continue;
        }
        const std::ptrdiff_t put = state.socket.write(bytes.data(), bytes.size());
        if (put > 0)
            bytes.remove_prefix(static_cast<std::size_t>(put));
        else if (put == Socket::broken || !state.wait(Socket::Direction::Write))
            state.peerGone = true;
    }
    return true;
}

std::ptrdiff_t Connection::readSome(char* to, std::size_t size)
{
    State& state = *m_state;
    if (!state.early.empty()) {
        const std::size_t got = state.early.copy(to, size);
        state.early.erase(0, got);
        return static_cast<std::ptrdiff_t>(got);
    }
    while (state.socket.valid() && !state.stop->load()) {
        if (state.tls) {
            ERR_clear_error();
            const int got = SSL_read(state.tls.get(), to, static_cast<int>(size));
            if (got > 0)
                return got;
            if (!state.wantsAgain(got))
                break;
            continue;
        }
        const std::ptrdiff_t got = state.socket.read(to, size);
        if (got > 0)
            return got;
        if (got != Socket::again || !state.wait(Socket::Direction::Read))
            break;
    }
    state.peerGone = true;
    return 0;
}

std::string Connection::read(std::size_t size)
{
    std::string result(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        const std::ptrdiff_t got = readSome(result.data() + done, size - done);
        if (got <= 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    result.resize(done);
    return result;
}

bool Connection::drip(std::string_view bytes, std::chrono::milliseconds pauseAfterEach)
{
    for (const char byte : bytes) {
        if (!send({ &byte, 1 }) || !pause(pauseAfterEach))
            return false;
    }
    return true;
}

bool Connection::waitForClose(std::chrono::milliseconds patience)
{
    State& state = *m_state;
    const auto end = std::chrono::steady_clock::now() + patience;
    while (state.socket.valid() && !state.peerGone && !state.stop->load()
        && std::chrono::steady_clock::now() < end) {
        if (!state.socket.wait(Socket::Direction::Read, std::min(step, patience)))
            continue;
        // What a client says meanwhile is its next request.
        char part[256];
        std::ptrdiff_t got = 0;
        if (state.tls && SSL_is_init_finished(state.tls.get()) == 1) {
            ERR_clear_error();
            got = SSL_read(state.tls.get(), part, sizeof part);
            const int why = SSL_get_error(state.tls.get(), static_cast<int>(got));
            state.peerGone = got <= 0 && why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE;
        } else {
            got = state.socket.read(part, sizeof part);
            state.peerGone = got == 0 || got == Socket::broken;
        }
        if (got > 0)
            state.early.append(part, static_cast<std::size_t>(got));
    }
    return state.peerGone;
}

bool Connection::pause(std::chrono::milliseconds time) { return !waitForClose(time) && !stopping(); }

void Connection::close()
{
    if (m_state->tls && !m_state->peerGone)
        SSL_shutdown(m_state->tls.get());
    cutOff();
}

void Connection::cutOff()
{
    State& state = *m_state;
    if (!state.socket.valid())
        return;
    // FIN now; what is still unread would turn a close into a reset.
    state.socket.endWriting();
    char byte[4096];
    while (state.socket.wait(Socket::Direction::Read, std::chrono::milliseconds(0))
        && state.socket.read(byte, sizeof byte) > 0) { }
    state.socket.close();
}

void Connection::reset() { m_state->socket.reset(); }

bool Connection::open() const { return m_state->socket.valid() && !m_state->peerGone; }

bool Connection::stopping() const { return m_state->stop->load(); }

const std::string& Connection::clientName() const { return m_state->clientName; }

} // namespace glacis::test
