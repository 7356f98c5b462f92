// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pod specs: decoding, the key by which equal ones are recognised, and the controllers around them.
#include <algorithm>

#include <base/text.h>

#include "decode_session.h"

namespace glacis::inventory {
namespace {

    using credentials::Place;

    constexpr std::string_view tokenVolume = "kube-api-access-"; // + five random characters, one name a pod
    constexpr std::size_t valueLimit = 256; // bytes kept of an env value

    class PodDecoder {
    public:
        PodDecoder(NodeRef spec, StringPool& strings, const credentials::Rules& rules)
            : m_spec(spec)
            , m_entry(std::make_shared<SpecEntry>())
            , m_rules(rules)
            , m_f(strings, spec.index(), m_entry->badFields)
        {
        }

        std::shared_ptr<const SpecEntry> run()
        {
            PodSpec& out = m_entry->spec;
            out.hostPid = m_f.boolean(m_spec["hostPID"]);
            out.hostIpc = m_f.boolean(m_spec["hostIPC"]);
            out.hostNetwork = m_f.boolean(m_spec["hostNetwork"]);
            out.shareProcessNamespace = m_f.boolean(m_spec["shareProcessNamespace"]);
            out.hostUsers = m_f.tri(m_spec["hostUsers"]);
            out.automountToken = m_f.tri(m_spec["automountServiceAccountToken"]);
            out.serviceAccount = m_f.string(
                m_spec["serviceAccountName"] ? m_spec["serviceAccountName"] : m_spec["serviceAccount"]);
            out.serviceAccountSet = !out.serviceAccount.empty();
            if (!out.serviceAccountSet)
                out.serviceAccount = m_f.intern("default");
            out.runtimeClass = m_f.string(m_spec["runtimeClassName"]);
            out.os = m_f.string(m_spec["os"]["name"]);
            podSecurity(m_f.object(m_spec["securityContext"]), out.security);
            containers("initContainers", ContainerRole::Init);
            containers("containers", ContainerRole::Regular);
            containers("ephemeralContainers", ContainerRole::Ephemeral);
            for (const NodeRef node : m_f.list(m_spec["volumes"]))
                out.volumes.push_back(volume(node));
            for (const NodeRef secret : m_f.list(m_spec["imagePullSecrets"]))
                out.imagePullSecrets.push_back(m_f.string(secret["name"]));
            out.nodeSelector = m_f.keyValues(m_spec["nodeSelector"]);
            for (const NodeRef node : m_f.list(m_spec["tolerations"]))
                out.tolerations.push_back({ m_f.string(node["key"]), m_f.string(node["operator"]),
                    m_f.string(node["value"]), m_f.string(node["effect"]) });
            scanTheRest();
            std::sort(m_entry->redactions.begin(), m_entry->redactions.end(),
                [](const Redaction& a, const Redaction& b) { return a.node < b.node; });
            return m_entry;
        }

    private:
        void redact(NodeRef node, std::string text)
        {
            m_entry->redactions.push_back({ node.index() - m_spec.index(), false, std::move(text) });
        }

        void podSecurity(NodeRef node, PodSecurity& out)
        {
            if (!node)
                return;
            out.present = true;
            out.runAsNonRoot = m_f.tri(node["runAsNonRoot"]);
            out.runAsUser = m_f.integer(node["runAsUser"]);
            out.runAsGroup = m_f.integer(node["runAsGroup"]);
            out.fsGroup = m_f.integer(node["fsGroup"]);
            out.seccompType = m_f.string(node["seccompProfile"]["type"]);
            out.appArmorType = m_f.string(node["appArmorProfile"]["type"]);
            seLinux(node["seLinuxOptions"], out.seLinux);
            for (const NodeRef sysctl : m_f.list(node["sysctls"]))
                out.sysctls.push_back({ m_f.string(sysctl["name"]), m_f.string(sysctl["value"]) });
            out.hostProcess = m_f.tri(node["windowsOptions"]["hostProcess"]);
        }

        void seLinux(NodeRef node, SeLinux& out)
        {
            out = { m_f.string(node["user"]), m_f.string(node["role"]), m_f.string(node["type"]),
                m_f.string(node["level"]) };
        }

        void containerSecurity(NodeRef node, ContainerSecurity& out)
        {
            if (!node)
                return;
            out.present = true;
            out.privileged = m_f.tri(node["privileged"]);
            out.allowPrivilegeEscalation = m_f.tri(node["allowPrivilegeEscalation"]);
            out.readOnlyRootFilesystem = m_f.tri(node["readOnlyRootFilesystem"]);
            out.runAsNonRoot = m_f.tri(node["runAsNonRoot"]);
            out.runAsUser = m_f.integer(node["runAsUser"]);
            out.runAsGroup = m_f.integer(node["runAsGroup"]);
            const NodeRef capabilities = m_f.object(node["capabilities"]);
            out.capabilitiesAdd = m_f.strings(capabilities["add"]);
            out.capabilitiesDrop = m_f.strings(capabilities["drop"]);
            out.seccompType = m_f.string(node["seccompProfile"]["type"]);
            out.appArmorType = m_f.string(node["appArmorProfile"]["type"]);
            out.procMount = m_f.string(node["procMount"]);
            seLinux(node["seLinuxOptions"], out.seLinux);
            out.hostProcess = m_f.tri(node["windowsOptions"]["hostProcess"]);
        }

        void containers(std::string_view key, ContainerRole role)
        {
            std::uint32_t index = 0;
            for (const NodeRef node : m_f.list(m_spec[key])) {
                if (m_f.object(node))
                    m_entry->spec.containers.push_back(container(node, role, index));
                ++index;
            }
        }

        Container container(NodeRef node, ContainerRole role, std::uint32_t index)
        {
            Container out;
            out.role = role;
            out.index = index;
            out.name = m_f.string(node["name"]);
            out.image = m_f.string(node["image"]);
            containerSecurity(m_f.object(node["securityContext"]), out.security);
            environment(node, out);
            commandAndArguments(node, out);
            for (const NodeRef port : m_f.list(node["ports"])) {
                ContainerPort p { m_f.int32(port["containerPort"]), m_f.int32(port["hostPort"]),
                    m_f.string(port["name"]), m_f.string(port["protocol"]), m_f.string(port["hostIP"]) };
                if (p.protocol.empty())
                    p.protocol = m_f.intern("TCP");
                out.ports.push_back(p);
            }
            for (const NodeRef mount : m_f.list(node["volumeMounts"]))
                out.mounts.push_back(
                    { volumeName(mount["name"]), m_f.string(mount["mountPath"]), m_f.string(mount["subPath"]),
                        m_f.string(mount["mountPropagation"]), m_f.boolean(mount["readOnly"]) });
            const NodeRef resources = node["resources"];
            out.limitsCpu = static_cast<bool>(resources["limits"]["cpu"]);
            out.limitsMemory = static_cast<bool>(resources["limits"]["memory"]);
            out.requestsCpu = static_cast<bool>(resources["requests"]["cpu"]);
            out.requestsMemory = static_cast<bool>(resources["requests"]["memory"]);
            out.restartPolicy = m_f.string(node["restartPolicy"]);
            for (const std::string_view probe : { "livenessProbe", "readinessProbe", "startupProbe" })
                hook(node[probe], std::string(probe), Place::Probe, out);
            hook(node["lifecycle"]["postStart"], "lifecycle.postStart", Place::Lifecycle, out);
            hook(node["lifecycle"]["preStop"], "lifecycle.preStop", Place::Lifecycle, out);
            return out;
        }

        // ---- literals

        void keep(const credentials::Classification& judged, Place place, std::string_view path,
            std::string_view key, std::string_view value, Container& out)
        {
            CredentialLiteral literal;
            literal.place = place;
            literal.detector = judged.detector;
            literal.length = judged.length;
            literal.alphabet = judged.alphabet;
            literal.defaultPassword = judged.defaultPassword;
            literal.byValue = judged.byValue;
            literal.path = m_f.intern(path);
            literal.key = m_f.intern(key);
            literal.matchedWord = m_f.intern(judged.matchedWord);
            literal.publicPrefix = m_f.intern(judged.publicPrefix);
            literal.urlScheme = m_f.intern(judged.urlScheme);
            literal.urlHost = m_f.intern(judged.urlHost);
            literal.urlPort = m_f.intern(judged.urlPort);
            literal.urlDatabase = m_f.intern(judged.urlDatabase);
            const std::size_t begin = std::min(judged.secretBegin, value.size());
            const std::size_t end = std::min(std::max(judged.secretEnd, begin), value.size());
            m_entry->literalHashes.push_back(
                hash64(end > begin ? value.substr(begin, end - begin) : value, processSeed()));
            literal.reuseGroup = static_cast<std::uint32_t>(m_entry->literalHashes.size());
            out.literals.push_back(literal);
        }

        void environment(NodeRef node, Container& out)
        {
            std::uint32_t index = 0;
            for (const NodeRef entry : m_f.list(node["env"])) {
                variable(entry, "env[" + std::to_string(index++) + "].value", out);
            }
            for (const NodeRef entry : m_f.list(node["envFrom"])) {
                const bool secret = static_cast<bool>(entry["secretRef"]);
                out.envFrom.push_back(
                    { secret, m_f.string(entry[secret ? "secretRef" : "configMapRef"]["name"]),
                        m_f.string(entry["prefix"]) });
            }
        }

        void variable(NodeRef entry, const std::string& path, Container& out)
        {
            EnvVar variable;
            variable.name = m_f.string(entry["name"]);
            if (const NodeRef from = m_f.object(entry["valueFrom"])) {
                const auto reference = [&](std::string_view key, EnvSource source) {
                    if (const NodeRef node = from[key]) {
                        variable.source = source;
                        variable.refName = m_f.string(node["name"]);
                        variable.refKey = m_f.string(node["key"]);
                        variable.optional = m_f.tri(node["optional"]);
                        return true;
                    }
                    return false;
                };
                variable.source = EnvSource::Unknown;
                if (!reference("secretKeyRef", EnvSource::SecretKey)
                    && !reference("configMapKeyRef", EnvSource::ConfigMapKey)) {
                    if (from["fieldRef"])
                        variable.source = EnvSource::Field;
                    else if (from["resourceFieldRef"])
                        variable.source = EnvSource::ResourceField;
                }
                out.env.push_back(variable);
                return;
            }
            const NodeRef value = entry["value"];
            static_cast<void>(
                m_f.view(value)); // a number or boolean is refused by the API server, and said so here
            const bool scalar = value && value.type() != NodeType::Array && value.type() != NodeType::Object;
            const std::string_view text = scalar ? value.text() : std::string_view();
            variable.hasValue = !text.empty();
            const auto judged = credentials::classify(variable.name, text, Place::EnvValue, m_rules);
            if (judged.isCredential()) {
                keep(judged, Place::EnvValue, path, variable.name, text, out);
                variable.value = m_f.intern(cutText(judged.redacted, valueLimit));
                redact(value, judged.redacted);
            } else {
                const std::string clean = credentials::mayHoldCredential(text)
                    ? credentials::redactText(text, m_rules)
                    : std::string(text);
                variable.value = m_f.intern(cutText(clean, valueLimit));
                if (clean != text && value)
                    redact(value, clean);
            }
            out.env.push_back(variable);
        }

        // Command and args are one sequence: a flag may stand in one and its value in the other.
        void commandAndArguments(NodeRef node, Container& out)
        {
            const NodeRef command = m_f.list(node["command"]);
            const NodeRef args = m_f.list(node["args"]);
            std::vector<std::string_view> texts;
            std::vector<NodeRef> nodes;
            for (const NodeRef list : { command, args }) {
                for (const NodeRef item : list) {
                    texts.push_back(m_f.view(item));
                    nodes.push_back(item);
                }
            }
            std::vector<std::string> clean
                = judgeSequence(texts, nodes, command.size(), "command", "args", out);
            for (std::size_t i = 0; i < texts.size(); ++i)
                (i < command.size() ? out.command : out.args)
                    .push_back(m_f.intern(clean[i].empty() ? texts[i] : clean[i]));
        }

        // Classifies arguments, keeps literals, redacts nodes; returns the replaced texts (empty: unchanged).
        std::vector<std::string> judgeSequence(const std::vector<std::string_view>& texts,
            const std::vector<NodeRef>& nodes, std::size_t firstCount, std::string_view firstName,
            std::string_view secondName, Container& out, Place first = Place::Command,
            Place second = Place::Args)
        {
            std::vector<std::string> clean(texts.size());
            for (const auto& found : credentials::classifyArguments(texts, m_rules)) {
                const bool inFirst = found.index < firstCount;
                const std::size_t local = inFirst ? found.index : found.index - firstCount;
                const std::string path
                    = std::string(inFirst ? firstName : secondName) + '[' + std::to_string(local) + ']';
                keep(found.classification, inFirst ? first : second, path, found.flag, texts[found.index],
                    out);
                clean[found.index] = found.classification.redacted;
            }
            for (std::size_t i = 0; i < texts.size(); ++i) {
                // Several secrets in one argument: what the last finding left is looked at once more.
                const std::string_view text = clean[i].empty() ? texts[i] : std::string_view(clean[i]);
                if (credentials::mayHoldCredential(text))
                    clean[i] = credentials::redactText(text, m_rules);
                if (!clean[i].empty() && clean[i] != texts[i])
                    redact(nodes[i], clean[i]);
            }
            return clean;
        }

        // Probes and lifecycle hooks: exec commands and the headers of HTTP requests.
        void hook(NodeRef node, const std::string& path, Place place, Container& out)
        {
            if (!node)
                return;
            std::vector<std::string_view> texts;
            std::vector<NodeRef> nodes;
            for (const NodeRef item : m_f.list(node["exec"]["command"])) {
                texts.push_back(m_f.view(item));
                nodes.push_back(item);
            }
            judgeSequence(texts, nodes, texts.size(), path + ".exec.command", {}, out, place, place);
            std::size_t index = 0;
            for (const NodeRef header : m_f.list(node["httpGet"]["httpHeaders"])) {
                const std::string_view name = m_f.view(header["name"]);
                const std::string_view value = m_f.view(header["value"]);
                const std::string headerPath
                    = path + ".httpGet.httpHeaders[" + std::to_string(index++) + "].value";
                const std::string line = "Authorization: " + std::string(value);
                if (equalsIgnoringCase(name, "Authorization")) {
                    const auto found = credentials::classifyArguments({ "curl", "-H", line }, m_rules);
                    if (!found.empty()) {
                        keep(found.front().classification, place, headerPath, "Authorization", value, out);
                        redact(header["value"], std::string(credentials::redactedMark));
                    }
                    continue;
                }
                const auto judged = credentials::classify(name, value, place, m_rules);
                if (judged.isCredential()) {
                    keep(judged, place, headerPath, name, value, out);
                    redact(header["value"], judged.redacted);
                }
            }
        }

        // ---- volumes

        Str volumeName(NodeRef node)
        {
            const std::string_view name = m_f.view(node);
            return m_f.intern(
                name.starts_with(tokenVolume) ? tokenVolume.substr(0, tokenVolume.size() - 1) : name);
        }

        Volume volume(NodeRef node)
        {
            Volume out;
            out.name = volumeName(node["name"]);
            if (const NodeRef hostPath = m_f.object(node["hostPath"])) {
                out.type = VolumeType::HostPath;
                out.path = m_f.string(hostPath["path"]);
                out.hostPathType = m_f.string(hostPath["type"]);
            } else if (const NodeRef secret = m_f.object(node["secret"])) {
                out.type = VolumeType::Secret;
                out.refName = m_f.string(secret["secretName"]);
                out.optional = m_f.tri(secret["optional"]);
            } else if (const NodeRef map = m_f.object(node["configMap"])) {
                out.type = VolumeType::ConfigMap;
                out.refName = m_f.string(map["name"]);
                out.optional = m_f.tri(map["optional"]);
            } else if (const NodeRef projected = m_f.object(node["projected"])) {
                out.type = VolumeType::Projected;
                for (const NodeRef source : m_f.list(projected["sources"]))
                    out.projected.push_back(projectedSource(source));
            } else if (const NodeRef claim = m_f.object(node["persistentVolumeClaim"])) {
                out.type = VolumeType::PersistentVolumeClaim;
                out.refName = m_f.string(claim["claimName"]);
                out.readOnly = m_f.boolean(claim["readOnly"]);
            } else if (const NodeRef csi = m_f.object(node["csi"])) {
                out.type = VolumeType::Csi;
                out.refName = m_f.string(csi["driver"]);
                out.readOnly = m_f.boolean(csi["readOnly"]);
            } else if (const NodeRef nfs = m_f.object(node["nfs"])) {
                out.type = VolumeType::Nfs;
                out.path = m_f.intern(
                    std::string(m_f.view(nfs["server"])) + ':' + std::string(m_f.view(nfs["path"])));
                out.readOnly = m_f.boolean(nfs["readOnly"]);
            } else if (node["downwardAPI"]) {
                out.type = VolumeType::DownwardApi;
            } else if (node["emptyDir"]) {
                out.type = VolumeType::EmptyDir;
            } else if (node["ephemeral"]) {
                out.type = VolumeType::Ephemeral;
            } else if (node["image"]) {
                out.type = VolumeType::Image;
            }
            return out;
        }

        ProjectedSource projectedSource(NodeRef node)
        {
            ProjectedSource out;
            if (const NodeRef token = node["serviceAccountToken"]) {
                out.token = true;
                out.audience = m_f.string(token["audience"]);
                out.expirationSeconds = m_f.integer(token["expirationSeconds"]).value_or(3600);
            } else if (const NodeRef secret = node["secret"]) {
                out.type = VolumeType::Secret;
                out.name = m_f.string(secret["name"]);
            } else if (const NodeRef map = node["configMap"]) {
                out.type = VolumeType::ConfigMap;
                out.name = m_f.string(map["name"]);
            } else if (node["downwardAPI"]) {
                out.type = VolumeType::DownwardApi;
            }
            return out;
        }

        // Strings that no rule above looks at (volume attributes, unknown fields) may hold a token or URL all
        // the same.
        void scanTheRest()
        {
            const Tree& tree = *m_spec.tree();
            std::vector<std::uint32_t> done;
            for (const auto& redaction : m_entry->redactions)
                done.push_back(redaction.node + m_spec.index());
            std::sort(done.begin(), done.end());
            for (std::uint32_t i = m_spec.index(); i < m_spec.node().end; ++i) {
                const TreeNode& node = tree[i];
                if (node.type != NodeType::String || std::binary_search(done.begin(), done.end(), i))
                    continue;
                if (!credentials::mayHoldCredential(node.text))
                    continue;
                std::string clean = credentials::redactText(node.text, m_rules);
                if (clean != node.text)
                    redact(NodeRef(tree, i), std::move(clean));
            }
        }

        NodeRef m_spec;
        std::shared_ptr<SpecEntry> m_entry;
        const credentials::Rules& m_rules;
        Fields m_f;
    };

    std::uint64_t hashText(std::string_view text) { return hash64(text, processSeed()); }

    // Sums up a stream of words; the order matters.
    class Digest {
    public:
        Digest& add(std::uint64_t word)
        {
            m_state = mixHash(m_state, word);
            return *this;
        }
        Digest& add(Str text) { return add(text.hash()); }
        Digest& add(const std::vector<Str>& texts)
        {
            add(texts.size());
            for (const Str text : texts)
                add(text);
            return *this;
        }
        Digest& add(const SeLinux& s) { return add(s.user).add(s.role).add(s.type).add(s.level); }
        Digest& add(const std::optional<std::int64_t>& number)
        {
            return add(number ? static_cast<std::uint64_t>(*number) * 2 + 1 : 0);
        }
        Digest& flag(bool truth) { return add(truth ? 1 : 2); }
        Digest& tri(Tri value) { return add(static_cast<std::uint64_t>(value) + 3); }
        [[nodiscard]] std::uint64_t value() const { return m_state; }

    private:
        std::uint64_t m_state = 0x1F3D5B79A8C6E4F2ULL;
    };

} // namespace

std::shared_ptr<const SpecEntry> decodePodSpec(
    NodeRef spec, StringPool& strings, const credentials::Rules& rules)
{
    return PodDecoder(spec, strings, rules).run();
}

Hash128 podSpecKey(NodeRef spec)
{
    // Two independent 64-bit streams over (depth change, type, key, text) of every node. Left out: the value
    // of nodeName, and the random end of a token volume's name: they differ from pod to pod and are not part
    // of PodSpec.
    const Tree& tree = *spec.tree();
    std::uint64_t low = processSeed();
    std::uint64_t high = ~processSeed();
    const std::uint32_t root = spec.index();
    for (std::uint32_t i = root; i < spec.node().end; ++i) {
        const TreeNode& node = tree[i];
        std::string_view text = node.text;
        if (node.key == "nodeName")
            text = {};
        else if (node.key == "name" && text.starts_with(tokenVolume))
            text = tokenVolume;
        const std::uint64_t word = hashText(node.key) * 3 + hashText(text);
        const std::uint64_t shape
            = static_cast<std::uint64_t>(node.end - i) << 8 | static_cast<std::uint64_t>(node.type);
        low = mixHash(low, word ^ shape);
        high = (high ^ word) * 0x9FB21C651E98DF25ULL + shape;
        high ^= high >> 29;
    }
    return { low, high };
}

std::uint64_t securityShape(const PodSpec& spec)
{
    Digest d;
    d.flag(spec.hostPid).flag(spec.hostIpc).flag(spec.hostNetwork).flag(spec.shareProcessNamespace);
    d.tri(spec.hostUsers).add(spec.serviceAccount).add(spec.runtimeClass);
    d.tri(spec.security.runAsNonRoot).add(spec.security.runAsUser).add(spec.security.seccompType);
    d.add(spec.security.appArmorType).add(spec.security.seLinux).tri(spec.security.hostProcess);
    for (const auto& c : spec.containers) {
        d.add(static_cast<std::uint64_t>(c.role)).add(c.name).add(c.image).add(c.command).add(c.args);
        for (const auto& e : c.env)
            d.add(e.name).add(e.value).add(e.refName).add(e.refKey);
        for (const auto& e : c.envFrom)
            d.add(e.name).flag(e.secret);
        for (const auto& p : c.ports)
            d.add(static_cast<std::uint64_t>(p.containerPort)).add(static_cast<std::uint64_t>(p.hostPort));
        for (const auto& m : c.mounts) {
            if (!m.name.view().starts_with("kube-api-access"))
                d.add(m.name).add(m.mountPath).add(m.subPath).flag(m.readOnly);
        }
        const auto& s = c.security;
        d.tri(s.privileged).tri(s.allowPrivilegeEscalation).tri(s.readOnlyRootFilesystem).tri(s.runAsNonRoot);
        d.add(s.runAsUser)
            .add(s.capabilitiesAdd)
            .add(s.capabilitiesDrop)
            .add(s.seccompType)
            .add(s.appArmorType);
        d.add(s.procMount).add(s.seLinux).tri(s.hostProcess);
    }
    for (const auto& v : spec.volumes) {
        if (!v.name.view().starts_with("kube-api-access"))
            d.add(v.name).add(static_cast<std::uint64_t>(v.type)).add(v.path).add(v.refName);
    }
    return d.value();
}

void Decoder::Session::workload(NodeRef root, Fields& f, Object& object, ObjectId id)
{
    Workload out;
    out.id = id;
    out.kind = object.kind;
    const NodeRef spec = f.object(root["spec"]);
    NodeRef podSpecNode = spec;
    NodeRef templateMeta = root["metadata"];
    if (object.kind == Kind::Pod) {
        out.nodeName = f.string(spec["nodeName"]);
        out.podIp = f.string(root["status"]["podIP"]);
        out.hostIp = f.string(root["status"]["hostIP"]);
        out.phase = f.string(root["status"]["phase"]);
        out.mirror = object.annotation("kubernetes.io/config.mirror") != nullptr;
    } else {
        const NodeRef jobSpec = object.kind == Kind::CronJob ? f.object(spec["jobTemplate"])["spec"] : spec;
        const NodeRef podTemplate = f.object(jobSpec["template"]);
        podSpecNode = podTemplate["spec"];
        templateMeta = podTemplate["metadata"];
        out.replicas = f.integer(object.kind == Kind::Job ? spec["parallelism"] : spec["replicas"]);
        out.suspended = f.boolean(spec["suspend"]);
    }
    out.podLabels = object.kind == Kind::Pod ? object.labels : f.keyValues(templateMeta["labels"]);
    if (object.kind == Kind::Pod) {
        out.podAnnotations = object.annotations;
    } else {
        for (const NodeRef annotation : f.object(templateMeta["annotations"])) {
            const auto judged = credentials::classify(
                annotation.key(), f.view(annotation), Place::Annotation, m_shared.rules);
            if (judged.isCredential())
                redact(annotation, judged.redacted);
            const std::string clean = judged.isCredential()
                ? judged.redacted
                : credentials::redactText(annotation.text(), m_shared.rules);
            out.podAnnotations.push_back(
                { f.intern(annotation.key()), f.intern(cutText(clean, valueLimit)) });
        }
    }
    if (podSpecNode.is(NodeType::Object))
        out.spec = podSpec(podSpecNode, object);
    else
        f.bad(podSpecNode ? podSpecNode : root, podSpecNode ? "a pod spec" : "a workload with a pod spec");
    m_batch.tables.workloads.push_back(std::move(out));
}

std::uint32_t Decoder::Session::podSpec(NodeRef spec, Object& object)
{
    const Hash128 key = podSpecKey(spec);
    auto entry = m_shared.specs.find(key);
    if (!entry)
        entry = m_shared.specs.insert(key, decodePodSpec(spec, m_shared.strings, m_shared.rules));
    for (const auto& redaction : entry->redactions)
        m_buffers.redactions.push_back({ redaction.node + spec.index(), redaction.drop, redaction.text });
    m_clean = { spec.index(), spec.node().end };
    if (!entry->badFields.empty()) {
        const std::string prefix = std::string(info(object.kind).podSpecPath) + '.';
        for (const auto& bad : entry->badFields)
            object.badFields.push_back(
                { m_shared.strings.intern(prefix + bad.path.str()), bad.expected, bad.found });
    }
    m_batch.specs.push_back(std::move(entry));
    return static_cast<std::uint32_t>(m_batch.specs.size() - 1);
}

} // namespace glacis::inventory
