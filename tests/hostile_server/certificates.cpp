// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificates.h"

#include <atomic>
#include <stdexcept>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace glacis::test {
namespace {
    template <auto Free> struct FreeWith {
        template <class T> void operator()(T* object) const { Free(object); }
    };
    using Key = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
    using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;
    using Bytes = std::unique_ptr<BIO, FreeWith<BIO_vfree>>;
    using Extension = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;

    void must(bool done)
    {
        if (!done)
            throw std::runtime_error("OpenSSL could not make a certificate for a test");
    }

    std::string textOf(BIO* bytes)
    {
        char* data = nullptr;
        const long size = BIO_get_mem_data(bytes, &data);
        return std::string(data, static_cast<std::size_t>(size));
    }

    std::string pemOf(X509* certificate)
    {
        const Bytes bytes(BIO_new(BIO_s_mem()));
        must(PEM_write_bio_X509(bytes.get(), certificate) == 1);
        return textOf(bytes.get());
    }

    std::string pemOf(EVP_PKEY* key)
    {
        const Bytes bytes(BIO_new(BIO_s_mem()));
        must(PEM_write_bio_PrivateKey(bytes.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
        return textOf(bytes.get());
    }

    void addName(X509_NAME* name, const char* field, const std::string& text)
    {
        must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                 reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()), -1, 0)
            == 1);
    }

    void addExtension(X509* certificate, X509* issuer, int nid, const std::string& value)
    {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
        const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
        must(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
    }

    Certificate blank(const CertificateWish& wish, EVP_PKEY* key)
    {
        static std::atomic<long> serial { 1 };
        Certificate certificate(X509_new());
        must(certificate != nullptr);
        X509_set_version(certificate.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), static_cast<long>(wish.notBefore));
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), static_cast<long>(wish.notAfter));
        X509_NAME* name = X509_get_subject_name(certificate.get());
        for (const std::string& organisation : wish.organisations)
            addName(name, "O", organisation);
        if (!wish.commonName.empty())
            addName(name, "CN", wish.commonName);
        must(X509_set_pubkey(certificate.get(), key) == 1);
        return certificate;
    }

    bool isAddress(const std::string& name)
    {
        return name.find(':') != std::string::npos
            || name.find_first_not_of("0123456789.") == std::string::npos;
    }

    std::string alternativeNames(const std::vector<std::string>& names)
    {
        std::string result;
        for (const std::string& name : names)
            result += (result.empty() ? "" : ",") + std::string(isAddress(name) ? "IP:" : "DNS:") + name;
        return result;
    }
}

struct Authority::Keys {
    Key key { EVP_EC_gen("P-256") };
    Certificate certificate;
};

Authority::Authority(const std::string& commonName)
    : m_keys(std::make_unique<Keys>())
{
    m_keys->certificate = blank({ .commonName = commonName }, m_keys->key.get());
    X509* own = m_keys->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    addExtension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(own, own, NID_subject_key_identifier, "hash");
    must(X509_sign(own, m_keys->key.get(), EVP_sha256()) > 0);
    m_pem = pemOf(own);
}

Authority::~Authority() = default;

Identity Authority::issue(const CertificateWish& wish) const
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = blank(wish, key.get());
    X509* issuer = m_keys->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    addExtension(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate.get(), issuer, NID_ext_key_usage, "serverAuth,clientAuth");
    addExtension(certificate.get(), issuer, NID_authority_key_identifier, "keyid");
    if (!wish.names.empty())
        addExtension(certificate.get(), issuer, NID_subject_alt_name, alternativeNames(wish.names));
    must(X509_sign(certificate.get(), m_keys->key.get(), EVP_sha256()) > 0);
    return { pemOf(certificate.get()), pemOf(key.get()) };
}

Identity signingKeys()
{
    const Key key(EVP_EC_gen("P-256"));
    const Bytes bytes(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_PUBKEY(bytes.get(), key.get()) == 1);
    return { textOf(bytes.get()), pemOf(key.get()) };
}

std::string encryptedKey(const std::string& keyPem, const std::string& password)
{
    const Bytes from(BIO_new_mem_buf(keyPem.data(), static_cast<int>(keyPem.size())));
    const Key key(PEM_read_bio_PrivateKey(from.get(), nullptr, nullptr, nullptr));
    const Bytes to(BIO_new(BIO_s_mem()));
    must(key
        && PEM_write_bio_PrivateKey(to.get(), key.get(), EVP_aes_128_cbc(),
               reinterpret_cast<const unsigned char*>(password.data()), static_cast<int>(password.size()),
               nullptr, nullptr)
            == 1);
    return textOf(to.get());
}

} // namespace glacis::test
