// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/certificate.h>

#include <array>
#include <climits>
#include <memory>
#include <optional>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <base/text.h>

namespace glacis::cluster {
namespace {

    template <auto Free> struct Freed {
        template <class T> void operator()(T* object) const { Free(object); }
    };
    using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;
    using CertificatePtr = std::unique_ptr<X509, Freed<X509_free>>;
    using NamesPtr = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;

    std::string utf8(const ASN1_STRING* text)
    {
        unsigned char* bytes = nullptr;
        const int size = ASN1_STRING_to_UTF8(&bytes, text);
        if (size < 0)
            return {};
        std::string result(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        OPENSSL_free(bytes);
        return result;
    }

    std::vector<std::string> entries(const X509_NAME* name, int nid)
    {
        std::vector<std::string> values;
        for (int at = X509_NAME_get_index_by_NID(name, nid, -1); at >= 0;
             at = X509_NAME_get_index_by_NID(name, nid, at))
            values.push_back(utf8(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))));
        return values;
    }

    std::string whole(const X509_NAME* name)
    {
        const BioPtr bio(BIO_new(BIO_s_mem()));
        if (!bio || X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253) < 0)
            return {};
        char* data = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &data);
        return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
    }

    /// Go and so Kubernetes take the last common name of several.
    std::string commonName(const X509_NAME* name)
    {
        const std::vector<std::string> names = entries(name, NID_commonName);
        return names.empty() ? std::string() : names.back();
    }

    std::string address(const ASN1_OCTET_STRING* bytes)
    {
        const unsigned char* data = ASN1_STRING_get0_data(bytes);
        const int size = ASN1_STRING_length(bytes);
        std::string text;
        char part[8];
        for (int i = 0; i < size && size == 4; ++i)
            text += (i ? "." : "") + std::to_string(data[i]);
        for (int i = 0; i < size && size == 16; i += 2) {
            std::snprintf(part, sizeof part, "%s%x", i ? ":" : "", data[i] << 8 | data[i + 1]);
            text += part;
        }
        return text;
    }

    std::vector<std::string> alternativeNames(const X509* certificate)
    {
        std::vector<std::string> result;
        const NamesPtr names(static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
        for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
            const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
            std::string text;
            if (name->type == GEN_DNS)
                text = utf8(name->d.dNSName);
            else if (name->type == GEN_IPADD)
                text = address(name->d.iPAddress);
            if (!text.empty())
                result.push_back(std::move(text));
        }
        return result;
    }

    std::optional<std::int64_t> seconds(const ASN1_TIME* time)
    {
        tm parts {};
        if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
            return std::nullopt;
        std::array<char, 40> text {};
        std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900,
            parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
        return parseIsoTime(text.data());
    }

} // namespace

Result<CertificateFacts> certificateFacts(std::string_view pem)
{
    if (pem.find("-----BEGIN") == std::string_view::npos || pem.size() > INT_MAX)
        return failure("holds no certificate in PEM form");
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // The callback keeps OpenSSL from asking for a password on a terminal.
    const auto noPassword = [](char*, int, int, void*) { return 0; };
    const CertificatePtr certificate(
        bio ? PEM_read_bio_X509(bio.get(), nullptr, noPassword, nullptr) : nullptr);
    if (!certificate) {
        const bool none = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
        ERR_clear_error();
        return failure(none ? "holds no certificate in PEM form" : "holds a certificate that is malformed");
    }
    const auto notBefore = seconds(X509_get0_notBefore(certificate.get()));
    const auto notAfter = seconds(X509_get0_notAfter(certificate.get()));
    if (!notBefore || !notAfter)
        return failure("holds a certificate whose time of validity is malformed");
    const X509_NAME* subject = X509_get_subject_name(certificate.get());
    const X509_NAME* issuer = X509_get_issuer_name(certificate.get());
    CertificateFacts facts;
    facts.commonName = commonName(subject);
    facts.organisations = entries(subject, NID_organizationName);
    facts.issuer = commonName(issuer);
    if (facts.issuer.empty())
        facts.issuer = whole(issuer);
    facts.names = alternativeNames(certificate.get());
    facts.notBefore = *notBefore;
    facts.notAfter = *notAfter;
    ERR_clear_error();
    return facts;
}

} // namespace glacis::cluster
