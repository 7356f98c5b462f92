// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/words.h>

#include <algorithm>

namespace glacis::credentials {

namespace {

    using enum NameKind;

    constexpr StrongWord strongWordTable[] = {
        // Longest first where one ends another.
        { "password", Password, true },
        { "passwords", Password, true, true },
        { "passphrase", Password, true },
        { "passwd", Password, true },
        { "passcode", Password, true },
        { "passwort", Password, true },
        { "requirepass", Password, true }, // redis
        { "masterauth", Password, true }, // redis
        { "pwd", Password, true },
        { "apikey", Key, true },
        { "apikeys", Key, true, true },
        { "secretkey", Key, true },
        { "accesskey", Key, true },
        { "privatekey", Key, true },
        { "authkey", Key, true },
        { "signingkey", Key, true },
        { "encryptionkey", Key, true },
        { "masterkey", Key, true },
        { "accountkey", Key, true },
        { "storagekey", Key, true },
        { "sharedkey", Key, true },
        { "sessionkey", Key, true },
        { "fernetkey", Key, true },
        { "secret", Secret, true },
        { "token", Token, true },
        { "tokens", Token, true, true },
        { "credential", Credential, true },
        { "credentials", Credential, true, true },
        { "creds", Credential, true, true },
        { "cred", Credential, false },
    };

    constexpr StrongPhrase strongPhraseTable[] = {
        { "client key data", Key }, // kubeconfig
        { "key content", Key }, // OCI_CLI_KEY_CONTENT
        { "shared access signature", Key },
        { "erlang cookie", Secret },
        { "neo 4 j auth", UserAndPassword },
        { "approle secret id", Secret },
        { "vault secret id", Secret },
        { "pass phrase", Password },
        { "pass word", Password },
    };

    constexpr std::string_view strongKeyOwnerTable[] = { "access", "account", "admin", "aes", "api", "auth",
        "batch", "cipher", "crypt", "crypto", "decryption", "encrypt", "encryption", "fernet", "hmac", "jwt",
        "license", "licence", "master", "private", "secret", "service", "session", "shared", "sign",
        "signing", "storage", "subscription", "symmetric", "unseal", "recovery", "webhook", "vault" };

    constexpr std::string_view innocentKeyOwnerTable[] = { "annotation", "cache", "config", "document", "env",
        "feature", "field", "foreign", "group", "grouping", "hash", "header", "host", "idempotency", "index",
        "issue", "join", "label", "language", "lookup", "map", "meta", "object", "option", "parent",
        "partition", "path", "primary", "project", "property", "range", "redis", "registry", "routing", "row",
        "s3", "search", "shard", "sort", "taint", "template", "topology", "translation", "unique", "hot",
        "keyboard", "query", "param", "parameter", "trace", "tracking", "tag", "user", "username", "dedup",
        "ordering", "message", "event", "data", "password" };

    constexpr std::string_view passOwnerTable[] = { "db", "database", "user", "usr", "root", "admin", "adm",
        "mysql", "maria", "mariadb", "pg", "postgres", "redis", "smtp", "mail", "email", "imap", "ftp",
        "sftp", "auth", "key", "store", "keystore", "truststore", "trust", "ssh", "my", "login", "ldap",
        "bind", "mongo", "mongodb", "rabbit", "rabbitmq", "default", "http", "proxy", "api", "app", "web",
        "rpc", "vnc", "wifi", "guest", "server", "client", "service", "system", "super", "sudo", "su", "sql",
        "ca", "cert", "ssl", "tls", "repl", "replication", "backup", "basic", "mq", "jdbc", "sa", "wp",
        "wordpress", "elastic", "es", "kafka", "sasl", "zk", "grafana", "git", "registry", "docker",
        "require", "encryption" };

    constexpr std::string_view passVerbTable[]
        = { "first", "second", "third", "single", "one", "two", "multi", "by", "dry", "num", "fastcgi",
              "uwsgi", "scgi", "grpc", "memcached", "render", "compile", "test", "tests", "check", "checks",
              "pre", "post", "final", "last", "next", "will", "should", "must" };

    constexpr std::string_view publicWordTable[]
        = { "public", "publishable", "pub", "anon", "anonymous", "site", "sitekey", "client_side",
              "cancellation", "continue", "continuation", "page", "pagination", "next", "sync", "cancel" };

    constexpr std::string_view secretObjectOwnerTable[]
        = { "tls", "ssl", "pull", "image", "ca", "cert", "certificate", "registry", "ingress", "k", "kube",
              "kubernetes", "existing", "wildcard", "issuer", "namespace", "source", "target", "helm", "s" };

    constexpr std::string_view innocentEndingTable[] = { "file", "files", "filename", "filepath", "path",
        "paths", "dir", "dirs", "directory", "folder", "mount", "mounts", "mountpath", "location", "url",
        "urls", "uri", "uris", "endpoint", "endpoints", "host", "hosts", "hostname", "port", "ports",
        "address", "addr", "server", "servers", "issuer", "issuers", "audience", "audiences", "aud",
        "authority", "name", "names", "id", "ids", "uid", "uuid", "guid", "ident", "identifier", "user",
        "users", "username", "usernames", "email", "header", "headers", "prefix", "prefixes", "suffix",
        "length", "len", "size", "min", "max", "minimum", "maximum", "count", "limit", "limits", "num",
        "number", "ttl", "expiry", "expires", "expire", "expiration", "expired", "exp", "lifetime",
        "lifespan", "validity", "timeout", "timeouts", "seconds", "secs", "sec", "minutes", "mins", "hours",
        "days", "ms", "interval", "duration", "period", "age", "window", "delay", "time", "timestamp", "date",
        "at", "alg", "algo", "algorithm", "algorithms", "algs", "type", "types", "kind", "kinds", "class",
        "format", "formats", "mode", "modes", "method", "methods", "policy", "policies", "rule", "rules",
        "regex", "regexp", "pattern", "patterns", "enable", "enabled", "disable", "disabled", "require",
        "required", "allow", "allowed", "optional", "flag", "flags", "status", "state", "version", "versions",
        "scheme", "schema", "provider", "providers", "backend", "driver", "store", "stores", "storage",
        "engine", "manager", "service", "services", "svc", "scope", "scopes", "claim", "claims", "field",
        "fields", "param", "params", "parameter", "attribute", "attributes", "column", "table", "ref", "refs",
        "reference", "references", "selector", "mapping", "mappings", "map", "template", "templates", "label",
        "labels", "annotation", "annotations", "title", "message", "messages", "description", "hint",
        "placeholder", "prompt", "link", "links", "page", "route", "routes", "redirect", "callback", "review",
        "reviews", "request", "requests", "grant", "rotation", "rotate", "refresh", "renewal", "renew",
        "reset", "change", "strength", "complexity", "history", "charset", "cost", "rounds", "iterations",
        "bits", "strategy", "validator", "validators", "validation", "validate", "check", "checks", "verify",
        "verification", "verifier", "owner", "namespace", "ns", "namespaces", "region", "project", "group",
        "groups", "role", "roles", "account", "arn", "retry", "retries", "attempts", "usage", "budget",
        "bucket", "quota", "index", "source", "sources", "operator", "controller", "generator", "generation",
        "injector", "plugin", "image", "tag", "repository", "repo", "chart", "exists", "kid", "jwks", "jku",
        "env", "var", "variable", "auth", "authentication", "authenticator", "login", "less", "handler",
        "handlers", "processor", "converter", "encoder", "hasher", "hashers", "parser", "resolver", "filter",
        "interceptor", "middleware", "listener", "watcher", "loader", "helper", "exchange", "introspection",
        "revocation", "signature", "leeway", "skew", "cache", "cookie", "domain", "domains", "mechanism",
        "grace", "gracetime", "threshold", "level", "per", "minute", "warning", "notification", "recovery",
        "api", "client", "factory", "sync", "sync_interval", "reviewer", "projection", "volume", "volumes",
        "configmap", "keys", "crd", "list", "get", "encoding", "separator", "delimiter", "extractor", "kms",
        "bytes", "fingerprint", "checksum", "hooks", "key_name", "property", "properties", "column_name" };

    constexpr std::string_view neutralEndingTable[] = { "prod", "production", "dev", "development", "staging",
        "stage", "test", "qa", "uat", "live", "local", "primary", "secondary", "replica", "main", "old",
        "new", "current", "previous", "next", "value", "default", "base", "raw", "plain", "plaintext",
        "string", "encoded", "b", "data", "content", "contents", "text", "literal", "v", "x" };

    constexpr std::string_view countingWordTable[] = { "max", "min", "num", "limit", "limits", "count",
        "counter", "maximum", "minimum", "number", "total", "size", "length", "budget" };

    constexpr WeakWord weakWordTable[] = {
        { "key", false },
        { "keys", false },
        { "auth", false },
        { "authentication", false },
        { "license", false },
        { "licence", false },
        { "pat", false },
        { "pin", false },
        { "seed", false },
        { "session", false },
        { "cookie", false },
        { "sig", false },
        { "signature", false },
        { "hmac", false },
        { "otp", false },
        { "cipher", false },
        { "crypt", false },
        { "encryption", false },
        { "pepper", false },
        { "salt", false },
        { "secrets", false },
        { "hash", true },
        { "cert", true },
        { "certificate", true },
        { "nonce", true },
        { "digest", true },
    };

} // namespace

constinit const std::span<const StrongWord> strongWords = strongWordTable;
constinit const std::span<const StrongPhrase> strongPhrases = strongPhraseTable;
constinit const WordSet strongKeyOwners(strongKeyOwnerTable);
constinit const WordSet innocentKeyOwners(innocentKeyOwnerTable);
constinit const WordSet passOwners(passOwnerTable);
constinit const WordSet passVerbs(passVerbTable);
constinit const WordSet publicWords(publicWordTable);
constinit const WordSet secretObjectOwners(secretObjectOwnerTable);
constinit const WordSet innocentEndings(innocentEndingTable);
constinit const WordSet neutralEndings(neutralEndingTable);
constinit const WordSet countingWords(countingWordTable);

const WeakWord* findWeak(std::string_view word)
{
    const auto* at = std::find_if(std::begin(weakWordTable), std::end(weakWordTable),
        [word](const WeakWord& weak) { return weak.text == word; });
    return at == std::end(weakWordTable) ? nullptr : at;
}

} // namespace glacis::credentials
