// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "peer_facts.h"

#include <algorithm>
#include <array>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace glacis::cluster {
namespace {
    using Owner = std::shared_ptr<PeerFacts>;
    constexpr std::size_t maxNames = 100;

    void freeOwner(void*, void* owner, CRYPTO_EX_DATA*, int, long, void*)
    {
        delete static_cast<Owner*>(owner);
    }

    int ownerIndex()
    {
        static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &freeOwner);
        return index;
    }

    PeerFacts* factsOf(const SSL* session)
    {
        const auto* owner
            = static_cast<const Owner*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(session), ownerIndex()));
        return owner == nullptr ? nullptr : owner->get();
    }

    std::string textOf(const ASN1_STRING* string)
    {
        unsigned char* utf8 = nullptr;
        const int size = string == nullptr ? -1 : ASN1_STRING_to_UTF8(&utf8, string);
        if (size < 0)
            return {};
        std::string result(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
        OPENSSL_free(utf8);
        return result;
    }

    std::string commonName(const X509_NAME* name)
    {
        const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
        if (at >= 0)
            return textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        char whole[256] = {};
        X509_NAME_oneline(name, whole, sizeof whole);
        return whole;
    }

    std::string addressText(const ASN1_OCTET_STRING* address)
    {
        const unsigned char* bytes = ASN1_STRING_get0_data(address);
        const int size = ASN1_STRING_length(address);
        std::string result;
        if (size == 4) {
            for (int i = 0; i < 4; ++i)
                result += (i > 0 ? "." : "") + std::to_string(bytes[i]);
        } else if (size == 16) {
            // Written out; nobody has to type it.
            static constexpr char digits[] = "0123456789abcdef";
            for (int i = 0; i < 16; ++i) {
                if (i > 0 && i % 2 == 0)
                    result += ':';
                result += digits[bytes[i] >> 4U];
                result += digits[bytes[i] & 15U];
            }
        }
        return result;
    }

    std::vector<std::string> alternativeNames(const X509* certificate)
    {
        std::vector<std::string> result;
        const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
            static_cast<GENERAL_NAMES*>(
                X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
            &GENERAL_NAMES_free);
        const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
        for (int i = 0; i < count && result.size() < maxNames; ++i) {
            const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
            if (name->type == GEN_DNS)
                result.push_back(textOf(name->d.dNSName));
            else if (name->type == GEN_IPADD)
                result.push_back(addressText(name->d.iPAddress));
        }
        return result;
    }

    std::int64_t secondsOf(const ASN1_TIME* time)
    {
        const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> epoch(
            ASN1_TIME_set(nullptr, 0), &ASN1_TIME_free);
        int days = 0, seconds = 0;
        if (!epoch || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1)
            return 0;
        return std::int64_t { days } * 86'400 + seconds;
    }

    void note(PeerFacts& facts, const X509* certificate)
    {
        facts.issuer = commonName(X509_get_issuer_name(certificate));
        facts.notBefore = secondsOf(X509_get0_notBefore(certificate));
        facts.notAfter = secondsOf(X509_get0_notAfter(certificate));
    }

    int whileVerifying(int good, X509_STORE_CTX* context)
    {
        const auto* session = static_cast<const SSL*>(
            X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
        PeerFacts* facts = session == nullptr ? nullptr : factsOf(session);
        const X509* own = X509_STORE_CTX_get0_cert(context);
        if (facts == nullptr || own == nullptr || facts->verifyError != 0)
            return good;
        facts->names = alternativeNames(own);
        facts->subject = commonName(X509_get_subject_name(own));
        note(*facts, own);
        if (good == 0) {
            facts->verifyError = X509_STORE_CTX_get_error(context);
            facts->verifyWords = X509_verify_cert_error_string(facts->verifyError);
            if (const X509* failed = X509_STORE_CTX_get_current_cert(context)) {
                note(*facts, failed);
                facts->failedIsAuthority = X509_STORE_CTX_get_error_depth(context) > 0;
            }
        }
        return good; // never more lenient than OpenSSL
    }

    void whileTalking(const SSL* session, int where, int value)
    {
        constexpr int received = SSL_CB_READ_ALERT;
        if ((where & received) != received)
            return;
        constexpr int fatal = 2;
        if (PeerFacts* facts = factsOf(session); facts != nullptr && (value >> 8) == fatal)
            facts->alert = value & 0xff;
    }

    int whenAskedForCertificate(SSL* session, void*)
    {
        if (PeerFacts* facts = factsOf(session))
            facts->clientCertificateAsked = true;
        return 1;
    }
}

bool watchPeer(void* sslContext, const std::shared_ptr<PeerFacts>& facts)
{
    auto* context = static_cast<SSL_CTX*>(sslContext);
    auto owner = std::make_unique<Owner>(facts);
    if (ownerIndex() < 0 || SSL_CTX_set_ex_data(context, ownerIndex(), owner.get()) != 1)
        return false;
    (void)owner.release(); // the context's now
    SSL_CTX_set_verify(context, SSL_CTX_get_verify_mode(context), &whileVerifying);
    SSL_CTX_set_info_callback(context, &whileTalking);
    SSL_CTX_set_cert_cb(context, &whenAskedForCertificate, nullptr);
    return true;
}

VerifyFault verifyFault(int verifyError)
{
    switch (verifyError) {
    case X509_V_OK:
        return VerifyFault::None;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
    // The right name with another key: a cluster that was set up anew.
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return VerifyFault::UnknownAuthority;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return VerifyFault::Expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return VerifyFault::NotYetValid;
    default:
        return VerifyFault::Other;
    }
}

bool refusesClientCertificate(const PeerFacts& facts)
{
    // bad, unsupported, revoked, expired, unknown certificate; unknown CA; access denied; certificate
    // required
    static constexpr std::array always = { 42, 43, 44, 45, 46, 48, 49, 116 };
    constexpr int handshakeFailure = 40; // TLS 1.2 says no more than this
    return std::find(always.begin(), always.end(), facts.alert) != always.end()
        || (facts.alert == handshakeFailure && facts.clientCertificateAsked);
}

} // namespace glacis::cluster
