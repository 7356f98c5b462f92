// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// X.509 by OpenSSL 3; serial numbers are random, names as kubeadm writes them.
#include "certificates.h"

#include <atomic>
#include <ctime>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <QtGlobal>

namespace glacis::live {
namespace {

    struct Free {
        void operator()(BIO* p) const { BIO_free(p); }
        void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
        void operator()(X509* p) const { X509_free(p); }
        void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
    };
    template <class T> using Owned = std::unique_ptr<T, Free>;

    void must(bool done, const char* what)
    {
        if (!done)
            qFatal("OpenSSL could not %s", what);
    }

    Owned<EVP_PKEY> newKey()
    {
        Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
        must(key != nullptr, "make a key");
        return key;
    }

    template <class Write> std::string pem(Write write)
    {
        const Owned<BIO> memory(BIO_new(BIO_s_mem()));
        must(memory && write(memory.get()) == 1, "write PEM");
        char* data = nullptr;
        const long size = BIO_get_mem_data(memory.get(), &data);
        return { data, static_cast<std::size_t>(size) };
    }
    std::string certificatePem(X509* certificate)
    {
        return pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
    }
    std::string keyPem(EVP_PKEY* key)
    {
        return pem([&](BIO* out) {
            return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
        });
    }

    void addName(X509_NAME* name, const char* field, const std::string& text)
    {
        must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                 reinterpret_cast<const unsigned char*>(text.c_str()), static_cast<int>(text.size()), -1, 0)
                == 1,
            "write a name");
    }

    void extend(X509* certificate, X509* issuer, int id, const std::string& value)
    {
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
        const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
        must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
    }

    /// Names, times, serial number and key; extensions and signature are the caller's.
    Owned<X509> begin(const CertificateWish& wish, EVP_PKEY* key)
    {
        Owned<X509> certificate(X509_new());
        must(certificate != nullptr, "make a certificate");
        X509_set_version(certificate.get(), X509_VERSION_3);
        unsigned char serial[8] = {};
        must(RAND_bytes(serial, sizeof serial) == 1, "draw a number");
        std::uint64_t number = 0;
        for (const unsigned char byte : serial)
            number = number << 8 | byte;
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number >> 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), static_cast<long>(wish.from.count()));
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), static_cast<long>(wish.until.count()));
        X509_NAME* subject = X509_get_subject_name(certificate.get());
        for (const std::string& group : wish.organisations)
            addName(subject, "O", group);
        addName(subject, "CN", wish.commonName);
        X509_set_pubkey(certificate.get(), key);
        return certificate;
    }

} // namespace

struct Authority::State {
    Owned<EVP_PKEY> key;
    Owned<X509> certificate;
};

Authority::Authority(const std::string& commonName)
    : m_state(std::make_unique<State>())
{
    m_state->key = newKey();
    m_state->certificate = begin({ .commonName = commonName }, m_state->key.get());
    X509* own = m_state->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
    extend(own, own, NID_key_usage, "critical,digitalSignature,keyCertSign,cRLSign");
    extend(own, own, NID_subject_key_identifier, "hash");
    must(X509_sign(own, m_state->key.get(), EVP_sha256()) > 0, "sign a certificate");
    m_pem = live::certificatePem(own);
}

Authority::~Authority() = default;

KeyPair Authority::issue(const CertificateWish& wish) const
{
    const Owned<EVP_PKEY> key = newKey();
    const Owned<X509> certificate = begin(wish, key.get());
    X509* issuer = m_state->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    extend(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate.get(), issuer, NID_key_usage, "critical,digitalSignature,keyEncipherment");
    extend(certificate.get(), issuer, NID_ext_key_usage, "serverAuth,clientAuth");
    extend(certificate.get(), issuer, NID_authority_key_identifier, "keyid");
    std::string names;
    for (const std::string& name : wish.dnsNames)
        names.append(names.empty() ? "" : ",").append("DNS:" + name);
    for (const std::string& address : wish.addresses)
        names.append(names.empty() ? "" : ",").append("IP:" + address);
    if (!names.empty())
        extend(certificate.get(), issuer, NID_subject_alt_name, names);
    must(X509_sign(certificate.get(), m_state->key.get(), EVP_sha256()) > 0, "sign a certificate");
    return { live::certificatePem(certificate.get()), live::keyPem(key.get()) };
}

KeyPair signingKeys()
{
    const Owned<EVP_PKEY> key = newKey();
    return { pem([&](BIO* out) { return PEM_write_bio_PUBKEY(out, key.get()); }), keyPem(key.get()) };
}

} // namespace glacis::live
