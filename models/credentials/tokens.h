// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of providers' token forms. The anchors of the scanner are made from
// the same table at compile time.
#pragma once

#include <array>

#include <credentials/characters.h>
#include <credentials/shapes.h>

namespace glacis::credentials {

namespace token {
    constexpr bool base32(char c) { return isUpper(c) || (c >= '2' && c <= '7'); }
    constexpr bool alnum(char c) { return isAlnum(c); }
    constexpr bool wide(char c) { return isAlnum(c) || c == '_' || c == '-'; }
    constexpr bool dotted(char c) { return wide(c) || c == '.'; }
    constexpr bool underscored(char c) { return isAlnum(c) || c == '_'; }
    constexpr bool lowerHex(char c) { return isLowerHex(c); }
    constexpr bool bech32(char c)
    {
        return std::string_view("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L").find(c) != std::string_view::npos;
    }
    constexpr bool base64(char c) { return isBase64(c) || c == '='; }
    constexpr bool colonWide(char c) { return wide(c) || c == ':'; }

    /// Digits, small and capital letters: what a random string of this length has
    /// and a word has not.
    constexpr bool mixed(std::string_view body)
    {
        return std::any_of(body.begin(), body.end(), isDigit)
            && std::any_of(body.begin(), body.end(), isLower)
            && std::any_of(body.begin(), body.end(), isUpper);
    }
    constexpr bool hasDigit(std::string_view body) { return std::any_of(body.begin(), body.end(), isDigit); }
    constexpr bool startsWithDigit(std::string_view body)
    {
        return !body.empty() && isDigit(body.front()) && hasDigit(body);
    }
    constexpr bool sendGrid(std::string_view body) { return body.size() == 66 && body[22] == '.'; }
    constexpr bool telegramBody(std::string_view body) { return hasDigit(body); }
} // namespace token

/// Sources: the providers' documentation of their formats, and the rule sets of
/// gitleaks and trufflehog as to lengths.
inline constexpr TokenShape tokenShapes[] = {
    { "AKIA", token::base32, 16, 16, Detector::AwsAccessKeyId, nullptr },
    { "ASIA", token::base32, 16, 16, Detector::AwsAccessKeyId, nullptr },
    { "ABIA", token::base32, 16, 16, Detector::AwsAccessKeyId, nullptr },
    { "ACCA", token::base32, 16, 16, Detector::AwsAccessKeyId, nullptr },
    { "ghp_", token::alnum, 36, 255, Detector::GitHubToken, nullptr },
    { "gho_", token::alnum, 36, 255, Detector::GitHubToken, nullptr },
    { "ghu_", token::alnum, 36, 255, Detector::GitHubToken, nullptr },
    { "ghs_", token::alnum, 36, 255, Detector::GitHubToken, nullptr },
    { "ghr_", token::alnum, 36, 255, Detector::GitHubToken, nullptr },
    { "github_pat_", token::underscored, 40, 255, Detector::GitHubToken, nullptr },
    { "glpat-", token::dotted, 20, 96, Detector::GitLabToken, nullptr },
    { "gldt-", token::dotted, 20, 96, Detector::GitLabToken, token::hasDigit },
    { "glrt-", token::dotted, 20, 96, Detector::GitLabToken, token::hasDigit },
    { "glcbt-", token::dotted, 20, 96, Detector::GitLabToken, token::hasDigit },
    { "glptt-", token::dotted, 20, 96, Detector::GitLabToken, token::hasDigit },
    { "glagent-", token::dotted, 40, 96, Detector::GitLabToken, token::hasDigit },
    { "glsoat-", token::dotted, 20, 96, Detector::GitLabToken, token::hasDigit },
    { "AIza", token::wide, 35, 35, Detector::GoogleApiKey, nullptr },
    { "GOCSPX-", token::wide, 28, 28, Detector::ProviderToken, nullptr },
    { "ya29.", token::wide, 40, 2048, Detector::ProviderToken, nullptr },
    { "xoxa-", token::wide, 16, 255, Detector::SlackToken, token::hasDigit },
    { "xoxb-", token::wide, 16, 255, Detector::SlackToken, token::startsWithDigit },
    { "xoxe-", token::wide, 16, 255, Detector::SlackToken, token::hasDigit },
    { "xoxe.", token::dotted, 16, 255, Detector::SlackToken, token::hasDigit },
    { "xoxo-", token::wide, 16, 255, Detector::SlackToken, token::startsWithDigit },
    { "xoxp-", token::wide, 16, 255, Detector::SlackToken, token::startsWithDigit },
    { "xoxr-", token::wide, 16, 255, Detector::SlackToken, token::hasDigit },
    { "xoxs-", token::wide, 16, 255, Detector::SlackToken, token::startsWithDigit },
    { "xoxc-", token::wide, 16, 255, Detector::SlackToken, token::startsWithDigit },
    { "xoxd-", token::base64, 16, 255, Detector::SlackToken, token::hasDigit },
    { "xapp-", token::wide, 20, 255, Detector::SlackToken, token::startsWithDigit },
    { "sk_live_", token::alnum, 16, 255, Detector::StripeKey, nullptr },
    { "sk_test_", token::alnum, 16, 255, Detector::StripeKey, nullptr },
    { "rk_live_", token::alnum, 16, 255, Detector::StripeKey, nullptr },
    { "rk_test_", token::alnum, 16, 255, Detector::StripeKey, nullptr },
    { "whsec_", token::base64, 24, 255, Detector::StripeKey, nullptr },
    { "hvs.", token::wide, 24, 300, Detector::VaultToken, nullptr },
    { "hvb.", token::wide, 24, 300, Detector::VaultToken, nullptr },
    { "hvr.", token::wide, 24, 300, Detector::VaultToken, nullptr },
    { "s.", token::alnum, 24, 24, Detector::VaultToken, token::mixed },
    { "sha256~", token::wide, 43, 43, Detector::OpenShiftToken, nullptr },
    { "AGE-SECRET-KEY-1", token::bech32, 58, 58, Detector::AgeKey, nullptr },
    { "npm_", token::alnum, 36, 36, Detector::NpmToken, nullptr },
    { "pypi-AgE", token::wide, 50, 1000, Detector::PyPiToken, nullptr },
    { "SG.", token::dotted, 66, 66, Detector::SendGridKey, token::sendGrid },
    { "SK", token::lowerHex, 32, 32, Detector::TwilioKey, nullptr },
    { "dckr_pat_", token::wide, 27, 64, Detector::DockerToken, nullptr },
    { "dckr_oat_", token::wide, 27, 64, Detector::DockerToken, nullptr },
    { "sk-proj-", token::wide, 40, 300, Detector::ProviderToken, token::hasDigit },
    { "sk-svcacct-", token::wide, 40, 300, Detector::ProviderToken, token::hasDigit },
    { "sk-ant-", token::wide, 40, 300, Detector::ProviderToken, token::hasDigit },
    { "sk-or-v1-", token::lowerHex, 64, 64, Detector::ProviderToken, nullptr },
    { "sk-", token::alnum, 48, 64, Detector::ProviderToken, token::mixed },
    { "hf_", token::alnum, 34, 40, Detector::ProviderToken, nullptr },
    { "dop_v1_", token::lowerHex, 64, 64, Detector::ProviderToken, nullptr },
    { "doo_v1_", token::lowerHex, 64, 64, Detector::ProviderToken, nullptr },
    { "glsa_", token::underscored, 41, 41, Detector::ProviderToken, nullptr },
    { "glc_", token::base64, 32, 400, Detector::ProviderToken, token::hasDigit },
    { "shpat_", token::lowerHex, 32, 32, Detector::ProviderToken, nullptr },
    { "shpss_", token::lowerHex, 32, 32, Detector::ProviderToken, nullptr },
    { "shpca_", token::lowerHex, 32, 32, Detector::ProviderToken, nullptr },
    { "NRAK-", token::alnum, 27, 27, Detector::ProviderToken, nullptr },
    { "sntrys_", token::base64, 40, 400, Detector::ProviderToken, nullptr },
    { "ATATT3", token::base64, 60, 400, Detector::ProviderToken, nullptr },
    { "dapi", token::lowerHex, 32, 32, Detector::ProviderToken, nullptr },
    { "tskey-", token::wide, 24, 128, Detector::ProviderToken, token::hasDigit },
    { "dp.pt.", token::alnum, 40, 44, Detector::ProviderToken, nullptr },
    { "lin_api_", token::alnum, 40, 40, Detector::ProviderToken, nullptr },
    { "xkeysib-", token::wide, 60, 100, Detector::ProviderToken, nullptr },
    { "PMAK-", token::wide, 59, 59, Detector::ProviderToken, nullptr },
    { "rubygems_", token::lowerHex, 48, 48, Detector::ProviderToken, nullptr },
    { "pul-", token::lowerHex, 40, 40, Detector::ProviderToken, nullptr },
    { "figd_", token::wide, 40, 64, Detector::ProviderToken, nullptr },
    { "hooks.slack.com/services/T", token::base64, 24, 128, Detector::SlackToken, token::hasDigit },
    { "hooks.slack.com/workflows/T", token::base64, 24, 200, Detector::SlackToken, token::hasDigit },
    { "hooks.slack.com/triggers/T", token::base64, 24, 200, Detector::SlackToken, token::hasDigit },
    { "discord.com/api/webhooks/", token::base64, 60, 128, Detector::ProviderToken, token::startsWithDigit },
    { "discordapp.com/api/webhooks/", token::base64, 60, 128, Detector::ProviderToken,
        token::startsWithDigit },
    { "api.telegram.org/bot", token::colonWide, 40, 64, Detector::ProviderToken, token::startsWithDigit },
    { ":AA", token::wide, 33, 33, Detector::ProviderToken,
        token::telegramBody }, // Telegram: 8 to 10 digits before
};

} // namespace glacis::credentials
