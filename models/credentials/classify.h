// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decides whether a literal in a specification is a credential, and what may be
// kept of it. Pure: no state, no I/O.
//
//     auto c = classify("DB_PASSWORD", "s3cr3t!", Place::EnvValue, rules);
//     if (c.isCredential()) // c tells detector, length class, alphabet...; the
//     value itself must be dropped now
//
// What is returned never holds a character of the secret part: only public
// constants (a provider's prefix) and the public parts of a URL. Facts: names
// are split in words (camelCase, separators) and compared as words; strong
// names need no entropy; weak names need length and a length-dependent entropy
// floor; without a name only provider shapes and structure count. Not for:
// Kubernetes Secrets, whose values are never looked at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::credentials {

/// Where a literal stands.
enum class Place : std::uint8_t {
    EnvValue,
    Command,
    Args,
    Probe,
    Lifecycle,
    ConfigMapValue,
    Annotation,
    Other
};

enum class Detector : std::uint8_t {
    None,
    // by name
    StrongName, ///< the name says password, token, secret…; the value is a
                ///< literal
    WeakName, ///< the name says key, auth…; length and entropy agree
    // by value (shape), whatever the name
    AwsAccessKeyId, ///< an identifier: information unless its secret stands
                    ///< beside it
    AwsSecretKey,
    GitHubToken,
    GitLabToken,
    GoogleApiKey, ///< browser keys are public by design: information
    SlackToken,
    StripeKey,
    VaultToken,
    OpenShiftToken,
    AgeKey,
    NpmToken,
    PyPiToken,
    SendGridKey,
    TwilioKey,
    DockerToken,
    AzureStorageKey, ///< AccountKey= in a connection string
    PrivateKey, ///< PEM block with a body
    JsonWebToken,
    KubernetesServiceAccountToken, ///< a JWT whose issuer is a Kubernetes cluster
    UrlPassword, ///< scheme://user:password@host
    ConnectionString, ///< password=… in a DSN or JDBC URL
    KubeconfigKey, ///< client-key-data or token in an embedded kubeconfig
    DockerConfigAuth,
    // in commands
    PasswordFlag, ///< --password=x, -p x of known tools, PGPASSWORD=x inside sh
                  ///< -c
    BasicAuthFlag, ///< curl -u user:password
    AuthorizationHeader,
    Custom, ///< a rule of the user's policy
    ProviderToken ///< a token of another provider, known by its prefix and form
                  ///< (OpenAI, Grafana, DigitalOcean…)
};

enum class LengthClass : std::uint8_t { None, UpTo7, UpTo15, UpTo31, UpTo63, From64 };
enum class Alphabet : std::uint8_t { None, Digits, Hex, Letters, Alphanumeric, Base64, Printable, Mixed };

/// How bad a literal of this detector is, before the check's own severity.
enum class Weight : std::uint8_t { Information, Credential, Key };

struct Classification {
    Detector detector = Detector::None;
    LengthClass length = LengthClass::None;
    Alphabet alphabet = Alphabet::None;
    bool defaultPassword = false; ///< a well-known default ("changeme", "admin", "123456"…)
    bool byValue = false; ///< the shape alone decided (GL-SEC-002), not the name
                          ///< (GL-SEC-001)
    std::string matchedWord; ///< the word of the name that decided, lower case:
                             ///< "password", "api key"
    std::string publicPrefix; ///< a provider's public constant: "ghp_", "AKIA"
    std::string urlScheme, urlHost, urlPort,
        urlDatabase; ///< public parts of a URL or DSN
    std::vector<std::string> references; ///< names inside $(NAME)
    std::string redacted; ///< the literal with every secret part replaced:
                          ///< "postgres://app:‹redacted›@db:5432/shop"; empty when no
                          ///< credential was found (the value itself may be kept)
    /// Byte range of the secret part inside the given value; the importer hashes
    /// it for reuse groups, then forgets it.
    std::size_t secretBegin = 0;
    std::size_t secretEnd = 0;

    [[nodiscard]] bool isCredential() const { return detector != Detector::None; }
};

/// What a user's policy may change. The version is recorded in every Inventory
/// (MODEL section 1).
struct Rules {
    static constexpr std::string_view builtinVersion = "glacis-1";
    std::string version = std::string(builtinVersion);
    std::vector<std::string> extraStrongWords; ///< lower case; "pass phrase" for two words
    std::vector<std::string> allowedNames; ///< exact env or flag names that are never credentials;
                                           ///< trailing * allowed
    std::vector<std::string> allowedValues; ///< exact values that are never credentials
};

/// Text that stands for a dropped value in every output.
inline constexpr std::string_view redactedMark = "‹redacted›";

/// One literal with its name (env name, ConfigMap key, flag, annotation key;
/// may be empty). `value` may be of any length and content; values above 1 MiB
/// are judged by their first MiB. Linear time.
[[nodiscard]] Classification classify(
    std::string_view name, std::string_view value, Place place, const Rules& rules);

struct ArgumentFinding {
    std::size_t index = 0; ///< which argument holds the secret part
    std::string flag; ///< "--password", "PGPASSWORD", "-u"
    Classification classification; ///< redacted: the whole argument with the secret replaced
};
/// command + args as one sequence (a flag and its value may be neighbours).
/// Also looks into `sh -c` scripts.
[[nodiscard]] std::vector<ArgumentFinding> classifyArguments(
    const std::vector<std::string_view>& arguments, const Rules& rules);

/// Cheap test for text in places that nobody judges (any string of any object):
/// true when it may hold a provider token, key block, JWT, URL password or the
/// like, so that redactText() must see it. No allocation.
[[nodiscard]] bool mayHoldCredential(std::string_view text);
/// The same where the policy adds strong words of its own.
[[nodiscard]] bool mayHoldCredential(std::string_view text, const Rules& rules);
/// The text with every credential shape replaced by the mark; unchanged when
/// there is none.
[[nodiscard]] std::string redactText(std::string_view text, const Rules& rules);
/// True when the key of a field in an unknown object names a credential (strong
/// words only), so that its literal must be dropped whatever it looks like.
[[nodiscard]] bool isStrongName(std::string_view name, const Rules& rules);

[[nodiscard]] std::string_view name(Detector detector); ///< stable id: "strong-name", "github-token"
[[nodiscard]] std::string_view title(Detector detector); ///< for people: "GitHub token"
[[nodiscard]] Weight weight(Detector detector);
[[nodiscard]] std::string_view name(LengthClass length); ///< "8–15 characters"
[[nodiscard]] std::string_view name(Alphabet alphabet);

} // namespace glacis::credentials
