// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stage 4: credentials of data stores, as literals in pod templates and in Secrets that pods use. What a
// workload needs for its own work is residual: no fix takes it away from it.
#include <attack/world.h>

#include <secrets/datastores.h>

namespace glacis::attack {
namespace {
    /// What a container holds for its own work; of one that has ended nothing may be left.
    EdgeDetails insideOf(bool ended)
    {
        return {
            .certainty = ended ? Certainty::Possible : Certainty::Certain, .residual = true, .support = {}
        };
    }

    void credInEnv(World& w)
    {
        // What does not run is nobody's to take over, yet its template can be read.
        for (OwnerIndex owner = 0; owner < w.inventory.owners.size(); ++owner)
            w.forEachPodOf(owner, [&](const PodView& pod) {
                for (const Container& container : pod.spec.containers)
                    for (const inventory::CredentialLiteral& literal : container.literals)
                        if (secrets::opensDatastore(literal, container))
                            w.addLiteral(pod, container, literal);
            });
        for (const World::LiteralCredential& credential : w.literals()) {
            if (w.runs(credential.owner)) {
                w.graph
                    .edge(EdgeKind::CredInEnv, w.own(credential.owner), credential.node,
                        insideOf(credential.ended))
                    .because(credential.because);
                w.graph.edge(EdgeKind::CredInEnv, w.held(credential.owner), credential.node)
                    .because(credential.because);
            }
            w.graph.edge(EdgeKind::Structure, credential.node,
                w.jewel("datastore-credentials", "credentials of data stores"));
            w.setWorthHolding(credential.owner);
        }
    }

    /// Does this use of a Secret say that it opens a store: by the name of the variable, of the Secret, or by
    /// who uses it?
    bool opensStore(World& w, Str variable, Str secret, const Container& container)
    {
        return w.namesStore(variable) || w.namesStore(secret) || w.storeOf(container.image) != nullptr;
    }

    void use(World& w, const PodView& pod, const Container& container, std::string_view secret,
        Justification because)
    {
        const NodeIndex node = w.secret(pod.object.ns, secret);
        w.graph.edge(EdgeKind::CredFromSecret, w.own(pod.owner), node, insideOf(hasEnded(container)))
            .because(because);
        w.graph.edge(EdgeKind::CredFromSecret, w.held(pod.owner), node).because(std::move(because));
        w.graph.edge(
            EdgeKind::Structure, node, w.jewel("datastore-credentials", "credentials of data stores"));
        w.setWorthHolding(pod.owner);
    }

    void secretsOfContainer(World& w, const PodView& pod, const Container& container)
    {
        using inventory::VolumeType;
        for (std::size_t i = 0; i < container.env.size(); ++i) {
            const inventory::EnvVar& variable = container.env[i];
            if (variable.source == inventory::EnvSource::SecretKey
                && opensStore(w, variable.name, variable.refName, container))
                use(w, pod, container, variable.refName,
                    pod.at("", container, "env[" + std::to_string(i) + "].valueFrom.secretKeyRef",
                        variable.refName.str()));
        }
        for (std::size_t i = 0; i < container.envFrom.size(); ++i) {
            const inventory::EnvFrom& source = container.envFrom[i];
            if (source.secret && opensStore(w, source.prefix, source.name, container))
                use(w, pod, container, source.name,
                    pod.at("", container, "envFrom[" + std::to_string(i) + "].secretRef", source.name.str()));
        }
        for (std::size_t i = 0; i < container.mounts.size(); ++i) {
            const inventory::Volume* volume = pod.spec.volume(container.mounts[i].name);
            if (!volume)
                continue;
            const auto mounted = [&](Str secret) {
                if (opensStore(w, container.mounts[i].mountPath, secret, container))
                    use(w, pod, container, secret,
                        pod.at("", container, "volumeMounts[" + std::to_string(i) + "]", secret.str()));
            };
            if (volume->type == VolumeType::Secret)
                mounted(volume->refName);
            for (const inventory::ProjectedSource& source : volume->projected)
                if (source.type == VolumeType::Secret)
                    mounted(source.name);
        }
    }

    void credFromSecret(World& w)
    {
        w.forEachContainer(
            [&](const PodView& pod, const Container& container) { secretsOfContainer(w, pod, container); });
    }

    /// What one jewel gives with it.
    void structure(World& w)
    {
        const NodeIndex admin = w.jewel("cluster-admin", "cluster-admin");
        const NodeIndex all = w.jewel("all-secrets", "all Secrets");
        const NodeIndex stores = w.graph.find("jewel/datastore-credentials");
        for (const char* id :
            { "jewel/all-secrets", "jewel/etcd", "jewel/control-plane-node", "jewel/datastore-credentials" })
            if (const NodeIndex jewel = w.graph.find(id); jewel != None)
                w.graph.edge(EdgeKind::Structure, admin, jewel);
        if (stores != None)
            w.graph.edge(EdgeKind::Structure, all, stores);
    }

    constexpr RuleEntry Rules[] = {
        { EdgeKind::CredInEnv, credInEnv },
        { EdgeKind::CredFromSecret, credFromSecret },
    };
    constexpr RuleEntry Last[] = { { EdgeKind::Structure, structure } };
}

std::span<const RuleEntry> credentialRules() { return Rules; }
std::span<const RuleEntry> structureRules() { return Last; }

} // namespace glacis::attack
