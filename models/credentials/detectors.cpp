// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/classify.h>

#include <array>

namespace glacis::credentials {

namespace {

    struct Description {
        std::string_view name;
        std::string_view title;
        Weight weight;
    };

    // In the order of enum Detector.
    constexpr std::array descriptions {
        Description { "none", "No credential", Weight::Information },
        Description { "strong-name", "Plain value under a credential's name", Weight::Credential },
        Description { "weak-name", "Random value under a key-like name", Weight::Credential },
        Description { "aws-access-key-id", "AWS access key ID", Weight::Information },
        Description { "aws-secret-key", "AWS secret access key", Weight::Key },
        Description { "github-token", "GitHub token", Weight::Credential },
        Description { "gitlab-token", "GitLab token", Weight::Credential },
        Description { "google-api-key", "Google API key", Weight::Information },
        Description { "slack-token", "Slack token or webhook", Weight::Credential },
        Description { "stripe-key", "Stripe secret key", Weight::Credential },
        Description { "vault-token", "Vault token", Weight::Credential },
        Description { "openshift-token", "OpenShift user token", Weight::Credential },
        Description { "age-key", "age secret key", Weight::Key },
        Description { "npm-token", "npm token", Weight::Credential },
        Description { "pypi-token", "PyPI token", Weight::Credential },
        Description { "sendgrid-key", "SendGrid key", Weight::Credential },
        Description { "twilio-key", "Twilio API key", Weight::Credential },
        Description { "docker-token", "Docker Hub token", Weight::Credential },
        Description { "azure-storage-key", "Azure storage account key", Weight::Key },
        Description { "private-key", "Private key", Weight::Key },
        Description { "json-web-token", "JSON Web Token", Weight::Credential },
        Description { "kubernetes-service-account-token", "Kubernetes ServiceAccount token", Weight::Key },
        Description { "url-password", "Password in a URL", Weight::Credential },
        Description { "connection-string", "Password in a connection string", Weight::Credential },
        Description { "kubeconfig-key", "Client key or token of a kubeconfig", Weight::Key },
        Description { "docker-config-auth", "Registry login of a Docker configuration", Weight::Credential },
        Description { "password-flag", "Password in a command", Weight::Credential },
        Description { "basic-auth-flag", "User and password in a command", Weight::Credential },
        Description { "authorization-header", "Authorization header", Weight::Credential },
        Description { "custom", "Value named by a rule of the policy", Weight::Credential },
        Description { "provider-token", "Token of a service provider", Weight::Credential },
    };
    static_assert(descriptions.size() == static_cast<std::size_t>(Detector::ProviderToken) + 1);

    const Description& describe(Detector detector)
    {
        return descriptions[static_cast<std::size_t>(detector)];
    }

} // namespace

std::string_view name(Detector detector) { return describe(detector).name; }
std::string_view title(Detector detector) { return describe(detector).title; }
Weight weight(Detector detector) { return describe(detector).weight; }

std::string_view name(LengthClass length)
{
    static constexpr std::array<std::string_view, 6> names { "none", "1–7 characters", "8–15 characters",
        "16–31 characters", "32–63 characters", "64 or more characters" };
    return names[static_cast<std::size_t>(length)];
}

std::string_view name(Alphabet alphabet)
{
    static constexpr std::array<std::string_view, 8> names { "none", "digits", "hexadecimal", "letters",
        "letters and digits", "base64", "printable", "mixed" };
    return names[static_cast<std::size_t>(alphabet)];
}

} // namespace glacis::credentials
