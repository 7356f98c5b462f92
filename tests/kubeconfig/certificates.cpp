// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "kubeconfig_fixture.h"

namespace glacis::test {

std::string certificatePem(const CertificateWish& wish)
{
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), static_cast<time_t>(wish.notBefore));
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), static_cast<time_t>(wish.notAfter));
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    const auto entry = [name](const char* field, const std::string& value) {
        if (!value.empty())
            X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                reinterpret_cast<const unsigned char*>(value.data()), static_cast<int>(value.size()), -1, 0);
    };
    entry("O", wish.organisation);
    entry("CN", wish.commonName);
    X509_set_issuer_name(certificate.get(), name);
    if (!wish.alternativeNames.empty()) {
        X509_EXTENSION* extension
            = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, wish.alternativeNames.c_str());
        X509_add_ext(certificate.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new(BIO_s_mem()), BIO_free_all);
    PEM_write_bio_X509(bio.get(), certificate.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return { data, static_cast<std::size_t>(size) };
}

} // namespace glacis::test
