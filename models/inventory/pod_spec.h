// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pod template as checks and the graph read it. Equal specs are held once (Inventory::podSpecs), so
// nothing here belongs to one pod: node name and the random names of token volumes live elsewhere or are cut.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <base/str.h>
#include <credentials/classify.h>

namespace glacis::inventory {

/// A boolean field that may be absent.
enum class Tri : std::uint8_t { Unset, False, True };

struct KeyValue {
    Str key;
    Str value;
    friend bool operator==(const KeyValue&, const KeyValue&) = default;
};
using KeyValues = std::vector<KeyValue>; ///< sorted by key as in the source's order; use find()
[[nodiscard]] const Str* find(const KeyValues& pairs, std::string_view key);

enum class ContainerRole : std::uint8_t { Init, Regular, Ephemeral };

/// A literal that classify() called a credential. The value was dropped while decoding.
struct CredentialLiteral {
    credentials::Place place = credentials::Place::EnvValue;
    credentials::Detector detector = credentials::Detector::None;
    credentials::LengthClass length = credentials::LengthClass::None;
    credentials::Alphabet alphabet = credentials::Alphabet::None;
    bool defaultPassword = false;
    bool byValue = false;
    Str path; ///< below the container: "env[2].value", "args[3]"
    Str key; ///< env name, flag, ConfigMap key
    Str matchedWord;
    Str publicPrefix;
    Str urlScheme, urlHost, urlPort, urlDatabase;
    std::uint32_t reuseGroup
        = 0; ///< same number: same value, across the whole Inventory; from 1, in order of appearance
};

enum class EnvSource : std::uint8_t { Literal, SecretKey, ConfigMapKey, Field, ResourceField, Unknown };
struct EnvVar {
    Str name;
    EnvSource source = EnvSource::Literal;
    Str value; ///< Literal: the value, redacted where it is a credential, cut after 256 bytes
    Str refName; ///< Secret or ConfigMap
    Str refKey;
    bool hasValue = false; ///< a literal that is not empty
    Tri optional = Tri::Unset;
};
struct EnvFrom {
    bool secret = false; ///< else ConfigMap
    Str name;
    Str prefix;
};
struct ContainerPort {
    std::int32_t containerPort = 0;
    std::int32_t hostPort = 0;
    Str name;
    Str protocol; ///< "TCP" when absent
    Str hostIp;
};
struct VolumeMount {
    Str name;
    Str mountPath;
    Str subPath;
    Str propagation;
    bool readOnly = false;
};
struct SeLinux {
    Str user, role, type, level;
};
struct ContainerSecurity {
    bool present = false; ///< a securityContext stands there
    Tri privileged = Tri::Unset;
    Tri allowPrivilegeEscalation = Tri::Unset;
    Tri readOnlyRootFilesystem = Tri::Unset;
    Tri runAsNonRoot = Tri::Unset;
    std::optional<std::int64_t> runAsUser;
    std::optional<std::int64_t> runAsGroup;
    std::vector<Str> capabilitiesAdd; ///< as written
    std::vector<Str> capabilitiesDrop;
    Str seccompType;
    Str appArmorType;
    Str procMount;
    SeLinux seLinux;
    Tri hostProcess = Tri::Unset;
};
struct Container {
    ContainerRole role = ContainerRole::Regular;
    std::uint32_t index = 0; ///< within its list
    Str name;
    Str image;
    std::vector<Str> command; ///< redacted
    std::vector<Str> args; ///< redacted
    std::vector<EnvVar> env;
    std::vector<EnvFrom> envFrom;
    std::vector<ContainerPort> ports;
    std::vector<VolumeMount> mounts;
    ContainerSecurity security;
    bool limitsCpu = false, limitsMemory = false, requestsCpu = false, requestsMemory = false;
    Str restartPolicy; ///< "Always" on an init container: a sidecar
    std::vector<CredentialLiteral> literals;

    /// "containers[0]", "initContainers[1]", "ephemeralContainers[0]"
    [[nodiscard]] std::string path() const;
};

enum class VolumeType : std::uint8_t {
    EmptyDir,
    HostPath,
    Secret,
    ConfigMap,
    Projected,
    DownwardApi,
    PersistentVolumeClaim,
    Csi,
    Nfs,
    Ephemeral,
    Image,
    Other
};
struct ProjectedSource {
    VolumeType type = VolumeType::Other; ///< Secret, ConfigMap, DownwardApi; Other with token = true
    Str name;
    bool token = false; ///< a ServiceAccount token is mounted
    Str audience;
    std::int64_t expirationSeconds = 0;
};
struct Volume {
    Str name;
    VolumeType type = VolumeType::Other;
    Str path; ///< hostPath: as written; nfs: server:path
    Str hostPathType;
    Str refName; ///< Secret, ConfigMap, claim, CSI driver
    std::vector<ProjectedSource> projected;
    Tri optional = Tri::Unset;
    bool readOnly = false;
};
struct PodSecurity {
    bool present = false;
    Tri runAsNonRoot = Tri::Unset;
    std::optional<std::int64_t> runAsUser;
    std::optional<std::int64_t> runAsGroup;
    std::optional<std::int64_t> fsGroup;
    Str seccompType;
    Str appArmorType;
    SeLinux seLinux;
    KeyValues sysctls;
    Tri hostProcess = Tri::Unset;
};
struct Toleration {
    Str key, op, value, effect;
};
struct PodSpec {
    bool hostPid = false, hostIpc = false, hostNetwork = false, shareProcessNamespace = false;
    Tri hostUsers = Tri::Unset;
    Tri automountToken = Tri::Unset;
    Str serviceAccount; ///< "default" when absent
    bool serviceAccountSet = false;
    Str runtimeClass;
    Str os;
    PodSecurity security;
    std::vector<Container> containers; ///< init, then regular, then ephemeral, each in source order
    std::vector<Volume> volumes;
    std::vector<Str> imagePullSecrets;
    KeyValues nodeSelector;
    std::vector<Toleration> tolerations;

    [[nodiscard]] const Volume* volume(std::string_view name) const;
};

/// eff(x): the container's value, else the pod's (Kubernetes' own precedence).
[[nodiscard]] Tri effectiveRunAsNonRoot(const PodSpec& pod, const Container& container);
[[nodiscard]] std::optional<std::int64_t> effectiveRunAsUser(const PodSpec& pod, const Container& container);
/// "CAP_SYS_ADMIN", "sys_admin" → "SYS_ADMIN".
[[nodiscard]] std::string canonicalCapability(std::string_view written);

} // namespace glacis::inventory
