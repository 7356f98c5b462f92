// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built program in a home of its own, for the tests that talk to a server on loopback.
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <string>

namespace glacis::test {

struct Outcome {
    int code = -1;
    QByteArray out, err;
};

/// A home of its own: neither this machine's kubeconfig nor its approvals count.
class Home {
public:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
    }
    void writeProgram(const QString& name, const QByteArray& content) const
    {
        write(name, content);
        QFile::setPermissions(path(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    /// Words of a command line; "@name" is a file of this home.
    [[nodiscard]] QStringList words(const QByteArray& line) const
    {
        QStringList args = QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (QString& arg : args) {
            if (arg.startsWith(QLatin1Char('@')))
                arg = path(arg.mid(1));
        }
        return args;
    }
    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : { "KUBECONFIG", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
                 "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM" })
            environment.remove(QString::fromUtf8(name));
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path(QStringLiteral("config")));
        return environment;
    }
    [[nodiscard]] Outcome run(const QByteArray& line) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(QStringLiteral(GLACIS_PROGRAM), words(line));
        process.closeWriteChannel();
        if (!process.waitForFinished(60000))
            return {};
        return { process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            process.readAllStandardOutput(), process.readAllStandardError() };
    }

private:
    QTemporaryDir m_folder;
};

inline QByteArray kubeconfig(const std::string& server, const QByteArray& user = "{}")
{
    return "apiVersion: v1\nkind: Config\ncurrent-context: made\nclusters:\n- name: c\n  cluster: {server: \""
        + QByteArray::fromStdString(server) + "\"}\nusers:\n- name: u\n  user: " + user
        + "\ncontexts:\n- name: made\n  context: {cluster: c, user: u}\n";
}

} // namespace glacis::test
