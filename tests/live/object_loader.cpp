// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Objects go in waves: an object is in the first wave in which everything that it names by uid is there.
// Within a wave the order does not matter and connections work side by side.
#include "object_loader.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <QJsonArray>

#include <base/text.h>

#include "documents.h"

namespace glacis::live {
namespace {

    struct Served {
        std::string plural;
        bool namespaced = false, hasStatus = false;
    };
    /// By "apiVersion kind".
    using ServedKinds = std::map<std::string, Served>;

    std::string kindKey(const QJsonObject& o) { return textAt(o, "apiVersion") + ' ' + textAt(o, "kind"); }

    std::string root(const std::string& apiVersion)
    {
        return (apiVersion.find('/') == std::string::npos ? "/api/" : "/apis/") + apiVersion;
    }

    bool discover(AdminClient& client, const std::string& apiVersion, ServedKinds& into)
    {
        const Answer answer = client.get(root(apiVersion));
        if (!answer.ok())
            return false;
        std::set<std::string> withStatus;
        std::map<std::string, std::pair<std::string, bool>> kinds;
        for (const QJsonValue& entry : answer.json().value(QLatin1String("resources")).toArray()) {
            const QJsonObject r = entry.toObject();
            const std::string name = textAt(r, "name");
            if (name.ends_with("/status"))
                withStatus.insert(name.substr(0, name.size() - 7));
            else if (name.find('/') == std::string::npos)
                kinds[name] = { textAt(r, "kind"), r.value(QLatin1String("namespaced")).toBool() };
        }
        for (const auto& [name, kind] : kinds)
            into[apiVersion + ' ' + kind.first] = { name, kind.second, withStatus.contains(name) };
        return true;
    }

    QJsonObject definitionOf(const std::string& apiVersion, const std::string& kind, bool namespaced)
    {
        const std::size_t slash = apiVersion.find('/');
        const QString group = QString::fromStdString(apiVersion.substr(0, slash));
        const QString version = QString::fromStdString(apiVersion.substr(slash + 1));
        const QString singular = QString::fromStdString(toLower(kind));
        const QString plural = singular + QLatin1Char('s');
        const QJsonObject anything { { QStringLiteral("type"), QStringLiteral("object") },
            { QStringLiteral("x-kubernetes-preserve-unknown-fields"), true } };
        return { { QStringLiteral("apiVersion"), QStringLiteral("apiextensions.k8s.io/v1") },
            { QStringLiteral("kind"), QStringLiteral("CustomResourceDefinition") },
            { QStringLiteral("metadata"),
                QJsonObject { { QStringLiteral("name"), QString(plural + QLatin1Char('.') + group) },
                    // Groups of the project's own ask for it.
                    { QStringLiteral("annotations"),
                        QJsonObject { { QStringLiteral("api-approved.kubernetes.io"),
                            QStringLiteral("unapproved, a test") } } } } },
            { QStringLiteral("spec"),
                QJsonObject { { QStringLiteral("group"), group },
                    { QStringLiteral("scope"),
                        namespaced ? QStringLiteral("Namespaced") : QStringLiteral("Cluster") },
                    { QStringLiteral("names"),
                        QJsonObject { { QStringLiteral("kind"), QString::fromStdString(kind) },
                            { QStringLiteral("plural"), plural },
                            { QStringLiteral("singular"), singular } } },
                    { QStringLiteral("versions"),
                        QJsonArray { QJsonObject { { QStringLiteral("name"), version },
                            { QStringLiteral("served"), true }, { QStringLiteral("storage"), true },
                            { QStringLiteral("schema"),
                                QJsonObject { { QStringLiteral("openAPIV3Schema"), anything } } } } } } } } };
    }

    /// Every "uid" below an object but its own.
    void namedUids(const QJsonValue& value, std::set<std::string>& into)
    {
        if (value.isArray())
            for (const QJsonValue& item : value.toArray())
                namedUids(item, into);
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            if (member.key() == QLatin1String("uid") && member.value().isString())
                into.insert(member.value().toString().toStdString());
            else
                namedUids(member.value(), into);
        }
    }

    QJsonValue withUids(const QJsonValue& value, const std::map<std::string, QString>& uids)
    {
        if (value.isArray()) {
            QJsonArray out;
            for (const QJsonValue& item : value.toArray())
                out.append(withUids(item, uids));
            return out;
        }
        if (!value.isObject())
            return value;
        QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            if (member.key() == QLatin1String("uid")) {
                const auto known = uids.find(member.value().toString().toStdString());
                if (known != uids.end())
                    member.value() = known->second;
            } else {
                member.value() = withUids(member.value(), uids);
            }
        }
        return object;
    }

    /// A Job's selector is made of its uid: the server writes it again.
    void forgetSelector(QJsonObject& job)
    {
        QJsonObject spec = job.value(QLatin1String("spec")).toObject();
        QJsonObject pod = spec.value(QLatin1String("template")).toObject();
        QJsonObject metadata = pod.value(QLatin1String("metadata")).toObject();
        QJsonObject labels = metadata.value(QLatin1String("labels")).toObject();
        for (const char* label : { "controller-uid", "batch.kubernetes.io/controller-uid", "job-name",
                 "batch.kubernetes.io/job-name" })
            labels.remove(QLatin1String(label));
        metadata.insert(QLatin1String("labels"), labels);
        pod.insert(QLatin1String("metadata"), metadata);
        spec.insert(QLatin1String("template"), pod);
        spec.remove(QLatin1String("selector"));
        job.insert(QLatin1String("spec"), spec);
    }

    /// Since 1.31 a Job is complete only when its success criteria are said to be met; older ones did not
    /// say.
    void addSuccessCriteria(QJsonObject& status)
    {
        QJsonArray conditions = status.value(QLatin1String("conditions")).toArray();
        for (const QJsonValue& condition : status.value(QLatin1String("conditions")).toArray()) {
            QJsonObject criteria = condition.toObject();
            if (textAt(criteria, "type") != "Complete")
                continue;
            criteria.insert(QLatin1String("type"), QStringLiteral("SuccessCriteriaMet"));
            conditions.append(criteria);
        }
        status.insert(QLatin1String("conditions"), conditions);
    }

    struct Pending {
        QJsonObject object;
        std::string uid; ///< as written
        std::set<std::string> needs; ///< uids of others that are to be loaded
        bool first = false; ///< what the rest cannot be created without
    };

    class Loader {
    public:
        Loader(const AdminAccess& access, unsigned connections)
            : m_access(access)
            , m_connections(connections)
        {
        }

        LoadResult run(const std::vector<QJsonObject>& objects)
        {
            learnKinds(objects);
            std::vector<Pending> waiting = pendingOf(objects);
            while (!waiting.empty()) {
                std::vector<Pending> wave, later;
                const bool firstOnes = waiting.front().first;
                for (Pending& p : waiting) {
                    const bool ready = firstOnes ? p.first
                                                 : std::none_of(p.needs.begin(), p.needs.end(),
                                                     [&](const auto& uid) { return !m_uids.contains(uid); });
                    (ready ? wave : later).push_back(std::move(p));
                }
                if (wave.empty()) // a circle, or an owner that was refused
                    wave.swap(later);
                sideBySide(wave);
                waiting = std::move(later);
            }
            return std::move(m_result);
        }

    private:
        void learnKinds(const std::vector<QJsonObject>& objects)
        {
            AdminClient client(m_access);
            std::map<std::string, QJsonObject> examples;
            for (const QJsonObject& o : objects)
                examples.emplace(kindKey(o), o);
            std::set<std::string> versions, made;
            for (const auto& [key, example] : examples)
                if (versions.insert(textAt(example, "apiVersion")).second)
                    discover(client, textAt(example, "apiVersion"), m_kinds);
            for (const auto& [key, example] : examples) {
                if (m_kinds.contains(key))
                    continue;
                const QJsonObject definition = definitionOf(textAt(example, "apiVersion"),
                    textAt(example, "kind"), at(example, "metadata.namespace").isString());
                const Answer answer
                    = client.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
                m_result.definitions.push_back(textAt(definition, "metadata.name"));
                if (!answer.ok())
                    m_result.refused.push_back(labelOf(definition) + ": " + answer.what());
                else
                    made.insert(key);
            }
            // Served a moment after they are established.
            for (const std::string& key : made) {
                for (int i = 0; i < 200 && !m_kinds.contains(key); ++i) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(50));
                    discover(client, key.substr(0, key.find(' ')), m_kinds);
                }
            }
        }

        static std::vector<Pending> pendingOf(const std::vector<QJsonObject>& objects)
        {
            std::vector<Pending> out;
            std::set<std::string> all;
            for (const QJsonObject& o : objects)
                all.insert(textAt(o, "metadata.uid"));
            for (const QJsonObject& o : objects) {
                Pending p { o, textAt(o, "metadata.uid"), {} };
                std::set<std::string> named;
                namedUids(o, named);
                for (const std::string& uid : named)
                    if (uid != p.uid && all.contains(uid))
                        p.needs.insert(uid);
                const std::string kind = textAt(o, "kind");
                p.first = kind == "Namespace" || kind == "PriorityClass" || kind == "StorageClass"
                    || kind == "RuntimeClass";
                out.push_back(std::move(p));
            }
            std::stable_partition(out.begin(), out.end(), [](const Pending& p) { return p.first; });
            return out;
        }

        void sideBySide(const std::vector<Pending>& wave)
        {
            std::atomic<std::size_t> next { 0 };
            std::vector<std::thread> threads;
            for (unsigned i = 0; i < std::min<std::size_t>(m_connections, wave.size()); ++i) {
                threads.emplace_back([&] {
                    AdminClient client(m_access);
                    for (std::size_t n = next++; n < wave.size(); n = next++)
                        create(client, wave[n]);
                });
            }
            for (std::thread& thread : threads)
                thread.join();
        }

        void refuse(const QJsonObject& object, const Answer& answer)
        {
            const std::lock_guard lock(m_mutex);
            m_result.refused.push_back(labelOf(object) + ": " + answer.what());
        }

        QJsonObject prepared(const Pending& pending)
        {
            const std::lock_guard lock(m_mutex);
            QJsonObject object = withUids(pending.object, m_uids).toObject();
            QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
            for (const char* field :
                { "uid", "resourceVersion", "creationTimestamp", "managedFields", "generation", "selfLink" })
                metadata.remove(QLatin1String(field));
            object.insert(QLatin1String("metadata"), metadata);
            if (textAt(object, "kind") == "Job")
                forgetSelector(object);
            return object;
        }

        void create(AdminClient& client, const Pending& pending)
        {
            const auto kind = m_kinds.find(kindKey(pending.object));
            if (kind == m_kinds.end())
                return refuse(pending.object, { .error = "the server does not serve the kind" });
            const Served& served = kind->second;
            QJsonObject object = prepared(pending);
            std::string path = root(textAt(object, "apiVersion"));
            if (served.namespaced) {
                const std::string ns = textAt(object, "metadata.namespace");
                path += "/namespaces/" + (ns.empty() ? "default" : ns);
            }
            path += '/' + served.plural;
            const std::string own = path + '/' + escaped(textAt(object, "metadata.name"));
            Answer answer = client.post(path, object);
            // 409, and 422 of a Service whose address is taken: by itself.
            const bool there = !answer.ok() && client.get(own).ok();
            if (there)
                answer = replace(client, own, object);
            if (!answer.ok())
                return refuse(object, answer);
            const QJsonObject result = answer.json();
            {
                const std::lock_guard lock(m_mutex);
                ++(there ? m_result.replaced : m_result.created);
                m_uids[pending.uid] = at(result, "metadata.uid").toString();
            }
            if (served.hasStatus && !object.value(QLatin1String("status")).toObject().isEmpty())
                putStatus(client, own, result, object);
        }

        static Answer replace(AdminClient& client, const std::string& own, QJsonObject& object)
        {
            const QJsonObject old = client.get(own).json();
            QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
            metadata.insert(QLatin1String("resourceVersion"), at(old, "metadata.resourceVersion"));
            metadata.insert(QLatin1String("uid"), at(old, "metadata.uid"));
            object.insert(QLatin1String("metadata"), metadata);
            return client.put(own, object);
        }

        void putStatus(
            AdminClient& client, const std::string& own, QJsonObject current, const QJsonObject& wanted)
        {
            QJsonObject status = wanted.value(QLatin1String("status")).toObject();
            if (textAt(wanted, "kind") == "Job")
                addSuccessCriteria(status);
            current.insert(QLatin1String("status"), status);
            const Answer answer = client.put(own + "/status", current);
            if (!answer.ok())
                return refuse(wanted, { answer.status, answer.body, answer.error + " (status)" });
            const std::lock_guard lock(m_mutex);
            ++m_result.statuses;
        }

        static std::string escaped(const std::string& name)
        {
            std::string out; // names of RBAC objects hold colons
            for (const char c : name)
                c == ':' ? out.append("%3A") : out.append(1, c);
            return out;
        }

        AdminAccess m_access;
        unsigned m_connections;
        ServedKinds m_kinds;
        std::mutex m_mutex; ///< for what follows
        std::map<std::string, QString> m_uids; ///< as written → as given
        LoadResult m_result;
    };

} // namespace

LoadResult load(const AdminAccess& access, const std::vector<QJsonObject>& objects, unsigned connections)
{
    return Loader(access, connections).run(objects);
}

} // namespace glacis::live
