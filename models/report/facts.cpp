// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/facts.h>

#include <string>
#include <string_view>

namespace glacis::report {
namespace {
    using namespace inventory;

    void list(JsonWriter& json, std::string_view key, const std::vector<std::string>& values)
    {
        json.key(key).beginArray();
        for (const std::string& value : values)
            json.value(value);
        json.endArray();
    }

    std::string endpointId(const std::string& what)
    {
        return "endpoint/" + (what == "kube-apiserver" ? std::string("apiserver") : what);
    }

    std::string subject(const DnsFact& f) { return "domain/" + f.name; }
    std::string subject(const EndpointFact& f) { return endpointId(f.what); }
    std::string subject(const PortFact& f) { return "node/" + f.node; }
    std::string subject(const HttpFact& f) { return endpointId(f.endpoint); }
    std::string subject(const FilterFact& f) { return "node/" + f.node; }
    std::string subject(const ExploitableFact& f) { return "reach/" + f.workload; }
    std::string subject(const NetworkFact&) { return "network"; }
    std::string subject(const EtcdFact&) { return "endpoint/etcd"; }

    std::string subject(const KubeconfigFact& f) { return "kubeconfig/" + f.context; }

    void value(JsonWriter& json, const DnsFact& f)
    {
        json.member("name", f.name);
        list(json, "addresses", f.addresses);
    }
    void value(JsonWriter& json, const EndpointFact& f)
    {
        json.member("what", f.what)
            .member("address", f.address)
            .member("port", f.port)
            .member("target", f.target);
    }
    void value(JsonWriter& json, const PortFact& f)
    {
        json.member("port", f.port).member("from", f.from).member("state", f.state);
        json.member("service", f.service).member("tls", f.tls);
    }
    void value(JsonWriter& json, const HttpFact& f)
    {
        json.member("path", f.path).member("from", f.from);
        json.member("credentials", f.credentials).member("status", f.status);
    }
    void value(JsonWriter& json, const FilterFact& f)
    {
        json.member("chain", f.chain).key("ports").beginArray();
        for (const int port : f.ports)
            json.value(port);
        json.endArray();
        list(json, "allow", f.allow);
    }
    void value(JsonWriter& json, const ExploitableFact& f)
    {
        json.member("port", f.port).member("reason", f.reason);
    }
    void value(JsonWriter& json, const NetworkFact& f)
    {
        json.member("plugin", f.plugin).member("enforcesPolicy", f.enforcesPolicy);
    }
    void value(JsonWriter& json, const EtcdFact& f)
    {
        json.member("encryptedAtRest", f.encryptedAtRest).member("how", f.how);
    }
    void value(JsonWriter& json, const KubeconfigFact& f)
    {
        json.member("what", f.what).member("file", f.file).member("line", f.line);
        json.member("user", f.user).member("entry", f.entry).member("field", f.field);
        json.member("detail", f.detail);
    }

    template <class T>
    void writeAll(JsonWriter& json, std::string_view kind, const std::vector<Observed<T>>& observed)
    {
        for (const Observed<T>& o : observed) {
            json.beginObject()
                .member("kind", kind)
                .member("subject", subject(o.fact))
                .key("value")
                .beginObject();
            value(json, o.fact);
            json.endObject().member("source", o.source).member("time", o.time);
            json.member("confidence", name(o.confidence)).endObject();
        }
    }
}

void writeObservations(JsonWriter& json, const Observations& observations)
{
    json.beginArray();
    writeAll(json, "dns", observations.dns);
    writeAll(json, "endpoint", observations.endpoints);
    writeAll(json, "port", observations.ports);
    writeAll(json, "http", observations.http);
    writeAll(json, "filter", observations.filters);
    writeAll(json, "exploitable", observations.exploitable);
    writeAll(json, "network", observations.network);
    writeAll(json, "etcd", observations.etcd);
    writeAll(json, "kubeconfig", observations.kubeconfig);
    json.endArray();
}

} // namespace glacis::report
