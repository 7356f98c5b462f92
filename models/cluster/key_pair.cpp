// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "key_pair.h"

#include <memory>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace glacis::cluster {
namespace {

    template <auto function> struct FreedBy {
        template <class T> void operator()(T* object) const { function(object); }
    };
    using Bio = std::unique_ptr<BIO, FreedBy<BIO_free>>;
    using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
    using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;

    /// OpenSSL's own way is to ask on the terminal.
    int noPassphrase(char*, int, int, void*) { return -1; }

    Bio reading(std::string_view text)
    {
        return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    }

} // namespace

Result<void> checkKeyPair(std::string_view certificatePem, const Wiped& keyPem)
{
    const Bio certificateText = reading(certificatePem);
    const Bio keyText = reading(keyPem.reveal());
    const Certificate certificate(PEM_read_bio_X509(certificateText.get(), nullptr, noPassphrase, nullptr));
    const Key key(PEM_read_bio_PrivateKey(keyText.get(), nullptr, noPassphrase, nullptr));
    const bool match = certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    if (!certificate)
        return failure("the certificate is not PEM");
    if (!key && keyPem.reveal().find("ENCRYPTED") != std::string_view::npos)
        return failure("the key is encrypted, expected one without a passphrase");
    if (!key)
        return failure("the key is not PEM");
    if (!match)
        return failure("the key does not belong to the certificate");
    return {};
}

} // namespace glacis::cluster
