// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Settings of control-plane components, from flags and (etcd) variables of their containers.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/flags.h>
#include <inventory/pod_spec.h>

namespace glacis::secrets {

[[nodiscard]] bool flagSet(std::string_view value); ///< a bare --cert-file names no file
[[nodiscard]] bool isLoopback(std::string_view host);
/// "http://10.0.0.1:2379" → "10.0.0.1"; an IPv6 address without its brackets.
[[nodiscard]] std::string_view hostOf(std::string_view url);
/// A comma separated list, trimmed, empty ones left out.
[[nodiscard]] std::vector<std::string_view> urls(std::string_view list);
[[nodiscard]] bool startsWithScheme(std::string_view url, std::string_view scheme);

/// A setting from the flag, else (etcd) from its variable. Where a person cannot tell from the pod
/// either, unknown says why.
struct Setting {
    std::string value;
    std::string path; ///< below the container; of the flag's place where it is absent
    std::string unknown;
    bool present = false;
};

class Settings {
public:
    enum class Variables { None, Etcd };
    Settings(const inventory::Container& container, Variables variables)
        : m_container(container)
        , m_flags(container)
        , m_variables(variables)
    {
        // With a configuration file etcd passes over every flag and variable.
        if (variables == Variables::Etcd && (m_flags.has("--config-file") || variable("ETCD_CONFIG_FILE")))
            m_file = "etcd reads its settings from a file of the node";
    }

    [[nodiscard]] Setting of(std::string_view flag) const
    {
        Setting setting;
        setting.unknown = m_file;
        if (m_flags.has(flag)) {
            const std::vector<std::string_view> values = m_flags.values(flag);
            setting.value = isList(flag) ? join(values) : std::string(values.back());
            setting.path = m_flags.path(flag);
            setting.present = true;
            resolve(setting);
        } else {
            setting.path = m_flags.path(flag);
            if (m_variables == Variables::Etcd)
                fromVariable(flag, setting);
        }
        return setting;
    }

    [[nodiscard]] static bool isOn(const Setting& setting)
    {
        for (const std::string_view yes : { "true", "1", "t", "T", "TRUE", "True" }) {
            if (setting.value == yes)
                return true;
        }
        return false;
    }

private:
    static bool isList(std::string_view flag)
    {
        return flag.ends_with("-urls") || flag.ends_with("-servers");
    }
    static std::string join(const std::vector<std::string_view>& values)
    {
        std::string text;
        for (const std::string_view value : values)
            text.append(text.empty() ? "" : ",").append(value);
        return text;
    }

    [[nodiscard]] const inventory::EnvVar* variable(std::string_view name) const
    {
        const auto it = std::find_if(
            m_container.env.rbegin(), m_container.env.rend(), [&](const auto& v) { return v.name == name; });
        return it == m_container.env.rend() ? nullptr : &*it;
    }

    void fromVariable(std::string_view flag, Setting& setting) const
    {
        std::string name = "ETCD_";
        for (const char c : flag.substr(2))
            name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        if (const inventory::EnvVar* v = variable(name)) {
            setting.present = true;
            setting.path = "env[" + std::to_string(v - m_container.env.data()) + "].value";
            setting.value = v->value.str();
            if (v->source != inventory::EnvSource::Literal && setting.unknown.empty())
                setting.unknown = "variable " + name + " comes from another object";
            resolve(setting);
        } else if (!m_container.envFrom.empty() && setting.unknown.empty()) {
            setting.unknown = "variables of etcd come from another object (envFrom)";
        }
    }

    /// $(VAR) of a literal variable, one level: what static pods use for addresses.
    void resolve(Setting& setting) const
    {
        constexpr std::size_t maxValue = 4096;
        for (std::size_t at = setting.value.find("$("); at != std::string::npos;
             at = setting.value.find("$(", at)) {
            const std::size_t close = setting.value.find(')', at);
            const inventory::EnvVar* v = close == std::string::npos
                ? nullptr
                : variable(setting.value.substr(at + 2, close - at - 2));
            if (!v || v->source != inventory::EnvSource::Literal || setting.value.size() > maxValue) {
                if (v && setting.unknown.empty())
                    setting.unknown = "variable " + v->name.str() + " comes from another object";
                ++at;
                continue;
            }
            setting.value.replace(at, close - at + 1, v->value.view());
            at += v->value.size();
        }
    }

    const inventory::Container& m_container;
    inventory::Flags m_flags;
    Variables m_variables;
    std::string m_file;
};

} // namespace glacis::secrets
