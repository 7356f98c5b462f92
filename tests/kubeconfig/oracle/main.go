// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What client-go makes of the kubeconfigs in the folder of its first argument, as lines that oracle_test.cpp
// writes of our own reading too. Of credentials only the length.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/transport"
	"k8s.io/klog/v2"
)

func main() {
	klog.SetOutput(os.Stderr)
	root := os.Args[1]
	entries, err := os.ReadDir(root)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, entry := range entries {
		name := entry.Name()
		if (entry.IsDir() && name != "files") || strings.HasSuffix(name, ".yaml") {
			one(root, name, entry.IsDir())
		}
	}
}

func one(root, name string, folder bool) {
	fmt.Printf("case %s\n", name)
	explicit := ""
	os.Unsetenv("KUBECONFIG")
	where := root
	if folder {
		where = filepath.Join(root, name)
		if list, err := os.ReadFile(filepath.Join(where, "KUBECONFIG")); err == nil {
			os.Setenv("KUBECONFIG", string(list))
		}
		if path, err := os.ReadFile(filepath.Join(where, "EXPLICIT")); err == nil {
			explicit = string(path)
		}
	} else {
		explicit = name
	}
	if err := os.Chdir(where); err != nil {
		panic(err)
	}
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = explicit
	rules.MigrationRules = nil
	config, err := rules.Load()
	fmt.Printf("%s|errors %v\n", name, err != nil)
	if config == nil {
		return
	}
	say := func(format string, values ...any) {
		line := fmt.Sprintf(format, values...)
		line = strings.ReplaceAll(line, where+"/", "")
		line = strings.ReplaceAll(line, filepath.Dir(where)+"/", "../")
		fmt.Printf("%s|%s\n", name, strings.ReplaceAll(line, "\n", "\\n"))
	}
	for _, n := range names(config.Clusters) {
		c := config.Clusters[n]
		say("cluster %s server=%s tls=%s insecure=%v ca=%s data=%d proxy=%s plain=%v", n, c.Server, c.TLSServerName,
			c.InsecureSkipTLSVerify, c.CertificateAuthority, len(c.CertificateAuthorityData), c.ProxyURL, c.DisableCompression)
	}
	for _, n := range names(config.AuthInfos) {
		user(say, n, config.AuthInfos[n])
	}
	for _, n := range names(config.Contexts) {
		c := config.Contexts[n]
		say("context %s cluster=%s user=%s namespace=%s", n, c.Cluster, c.AuthInfo, c.Namespace)
	}
	say("current %s", config.CurrentContext)
	for _, n := range names(config.Contexts) {
		say("resolve %s %s", n, resolved(config, n))
	}
}

func user(say func(string, ...any), n string, u *api.AuthInfo) {
	provider := ""
	if u.AuthProvider != nil {
		provider = u.AuthProvider.Name
	}
	extra := 0
	for _, values := range u.ImpersonateUserExtra {
		extra += len(values)
	}
	say("user %s cert=%s,%d key=%s,%d token=%d,%s basic=%s,%d as=%s,%s,%s,%d provider=%s", n, u.ClientCertificate,
		len(u.ClientCertificateData), u.ClientKey, len(u.ClientKeyData), len(u.Token), u.TokenFile, u.Username,
		len(u.Password), u.Impersonate, u.ImpersonateUID, strings.Join(u.ImpersonateGroups, "+"), extra, provider)
	if e := u.Exec; e != nil {
		variables := []string{}
		for _, v := range e.Env {
			variables = append(variables, fmt.Sprintf("%s,%d", v.Name, len(v.Value)))
		}
		say("exec %s command=%s version=%s args=%s env=%s mode=%s cluster=%v", n, e.Command, e.APIVersion,
			strings.Join(e.Args, "+"), strings.Join(variables, "+"), e.InteractiveMode, e.ProvideClusterInfo)
	}
}

// Up to the transport's parts that need no network: what a connection would find wrong before it is made.
func resolved(config *api.Config, context string) string {
	client := clientcmd.NewNonInteractiveClientConfig(*config, context, &clientcmd.ConfigOverrides{}, nil)
	ns, _, err := client.Namespace()
	if err != nil {
		return "error"
	}
	c, err := client.ClientConfig()
	if err != nil {
		return "error"
	}
	parts, err := c.TransportConfig()
	if err != nil {
		return "error"
	}
	if _, err := transport.TLSConfigFor(parts); err != nil && strings.Contains(err.Error(), "insecure flag") {
		return "error"
	}
	token := c.BearerToken != "" || c.BearerTokenFile != ""
	return fmt.Sprintf("namespace=%s token=%v basic=%v cert=%v exec=%v as=%s", ns, token,
		c.Username != "" || c.Password != "", hasCertificate(c), c.ExecProvider != nil, c.Impersonate.UserName)
}

func hasCertificate(c *rest.Config) bool { return c.CertFile != "" || len(c.CertData) > 0 }

// Sorted; nameless entries, which no context can use, are left out.
func names[T any](entries map[string]*T) []string {
	result := []string{}
	for name := range entries {
		if name != "" {
			result = append(result, name)
		}
	}
	sort.Strings(result)
	return result
}
