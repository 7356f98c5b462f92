// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files in a folder of their own, and certificates, for the tests of this room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cluster/kubeconfig.h>
#include <test_main.h>

namespace glacis::test {

/// A temporary folder with files in it.
class Folder {
public:
    [[nodiscard]] std::string path(std::string_view name = {}) const
    {
        const std::string folder = m_folder.path().toStdString();
        return name.empty() ? folder : folder + "/" + std::string(name);
    }
    /// Writes; returns the path.
    std::string write(std::string_view name, std::string_view content, bool onlyOwner = true) const
    {
        const QString file = text(path(name));
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(content.data(), qint64(content.size())) < 0)
            qFatal("cannot write %s", qPrintable(file));
        out.close();
        auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
        out.setPermissions(onlyOwner ? mode : mode | QFileDevice::ReadOther);
        return path(name);
    }
    [[nodiscard]] cluster::Environment environment() const
    {
        cluster::Environment environment;
        environment.workingFolder = path();
        environment.variables["HOME"] = path("home");
        return environment;
    }

private:
    QTemporaryDir m_folder;
};

/// A small self-signed certificate. Times in seconds since 1970.
struct CertificateWish {
    std::string commonName = "alice";
    std::string organisation = "dev"; ///< the group
    std::int64_t notBefore = 0, notAfter = 0;
    std::string alternativeNames {}; ///< "DNS:a,IP:10.0.0.1"
};
[[nodiscard]] std::string certificatePem(const CertificateWish& wish);

/// One cluster "c", one user "u", one context "x"; each a flow mapping.
inline std::string kubeconfig(const std::string& cluster, const std::string& user = "{token: example}",
    const std::string& context = "{cluster: c, user: u}")
{
    return "clusters:\n- {name: c, cluster: " + cluster + "}\nusers:\n- {name: u, user: " + user
        + "}\ncontexts:\n- {name: x, context: " + context + "}\ncurrent-context: x\n";
}

inline bool contains(std::string_view all, std::string_view part)
{
    return all.find(part) != std::string_view::npos;
}

} // namespace glacis::test
