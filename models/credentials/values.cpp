// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/values.h>

#include <array>
#include <cmath>

#include <credentials/characters.h>

namespace glacis::credentials {

namespace {

    /// Values above this size under a strong name are judged no further: no
    /// reference or switch is that long.
    constexpr std::size_t LongestPlain = 512;

    // Encrypted or one-way: not usable as it stands.
    constexpr std::string_view sealedPrefixes[]
        = { "enc[", "enc(", "{cipher}", "$2a$", "$2b$", "$2y$", "$argon2", "$apr1$", "$5$", "$6$", "$scrypt$",
              "$pbkdf2", "pbkdf2:", "pbkdf2_", "{ssha", "{sha", "{bcrypt}", "{pbkdf2}", "{crypt}", "md5$",
              "scram-sha-256$", "!vault", "$ansible_vault;", "age-encryption.org/", "agekey:" };

    constexpr std::string_view publicPrefixes[] = { "ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-",
        "sk-ssh-", "sk-ecdsa-", "-----begin public key", "-----begin certificate",
        "-----begin rsa public key", "-----begin x509", "-----begin pgp public",
        "-----begin trusted certificate", "-----begin ec parameters", "-----begin dh parameters",
        "ls0tls1crudjtibdrvju", // base64 of "-----BEGIN CERT"
        "pk_live_", "pk_test_", "sha256:", "sha512:", "sha1:", "age1" };

    constexpr std::string_view emptyWords[] = { "null", "nil", "none", "~", "undefined", "n/a", "na", "unset",
        "empty", "disabled", "enabled", "true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "auto",
        "optional", "required", "hidden", "redacted", "[redacted]", "<redacted>", "masked", "removed", "-",
        "--", "string", "str", "secretref", "valuefrom", "from-secret", "fromsecret", "external", "inherit",
        "ask", "prompt", "always", "never", "generated", "not-set", "not_set", "notset", "not-used", "unused",
        "not_used", "noauth", "anonymous", "bearer", "basic", "jwt", "opaque" };

    constexpr std::string_view defaultPasswords[] = { "password", "passwd", "passw0rd", "p@ssw0rd",
        "p@ssword", "pass", "pwd", "secret", "s3cr3t", "s3cret", "secr3t", "changeme", "changeit",
        "changethis", "changemenow", "pleasechangeme", "pleasechange", "replaceme", "admin", "administrator",
        "root", "toor", "guest", "user", "test", "testing", "tester", "demo", "example", "sample", "default",
        "letmein", "welcome", "qwerty", "hunter", "monkey", "dragon", "iloveyou", "abc", "postgres",
        "postgresql", "mysql", "mariadb", "mongo", "mongodb", "redis", "rabbitmq", "rabbit", "minio",
        "minioadmin", "grafana", "promoperator", "kibana", "elastic", "elasticsearch", "neo4j", "cassandra",
        "sa", "oracle", "scott", "tiger", "foobared", "keycloak", "nexus", "harbor", "sonar", "sonarqube",
        "artifactory", "couchbase", "jenkins", "gitlab", "docker", "vagrant", "ubuntu", "raspberry", "calvin",
        "supersecret", "supersecretpassword", "mysecretpassword", "mysecretpw", "mypassword", "mysecret",
        "topsecret", "insecure", "notsecure", "bitnami", "airflow", "superset", "yourpassword", "yoursecret",
        "yourpasswordhere", "yoursecrethere", "verysecret", "verysecretpassword", "verysecure", "dev",
        "develop", "development", "local", "temp", "temporary", "trustno1", "master", "system", "manager",
        "tomcat", "kubernetes", "password!", "passpass", "adminadmin", "rootroot", "rootpassword", "rootpass",
        "adminpassword", "adminpass", "dbpassword", "dbpass", "userpassword", "userpass", "testpassword",
        "testpass", "defaultpassword", "secretkey", "secretpassword", "mytoken", "wordpress", "drupal",
        "joomla", "magento", "ghost", "kafka", "zookeeper", "influxdb", "clickhouse", "vault", "consul",
        "service", "replication", "repl", "replicator", "nopassword", "simple", "easy", "public", "private",
        "keystone", "openstack", "zabbix", "nagios", "prometheus", "sysadmin", "superuser", "login", "access",
        "hello", "helloworld", "foobar", "foo", "bar", "foobarbaz", "asdf", "asdfgh", "zxcvbn", "qwertyuiop",
        "1q2w3e", "1q2w3e4r", "1qaz2wsx", "sunshine", "football" };

    template <std::size_t N> bool startsWithAny(std::string_view value, const std::string_view (&prefixes)[N])
    {
        return std::any_of(std::begin(prefixes), std::end(prefixes),
            [value](std::string_view prefix) { return startsWithLower(value, prefix); });
    }

    template <std::size_t N> bool equalsAny(std::string_view value, const std::string_view (&words)[N])
    {
        return std::any_of(std::begin(words), std::end(words),
            [value](std::string_view word) { return equalsLower(value, word); });
    }

    bool isNumber(std::string_view value)
    {
        if (value.starts_with('-') || value.starts_with('+'))
            value.remove_prefix(1);
        bool digit = false;
        std::size_t dots = 0;
        for (const char c : value) {
            digit = digit || isDigit(c);
            dots += c == '.' ? 1 : 0;
            if (!isDigit(c) && c != '.' && c != '_' && c != ',')
                return false;
        }
        return digit && dots <= 1;
    }

    /// "30s", "1h30m", "15 minutes", "P1DT2H", "10Mi".
    bool isQuantity(std::string_view value)
    {
        if (value.size() > 24)
            return false;
        if ((value.starts_with("P") || value.starts_with("PT")) && value.size() > 2
            && allOf(value.substr(1), [](char c) {
                   return isDigit(c) || std::string_view("YMWDTHS.").find(c) != std::string_view::npos;
               }))
            return true;
        if (value.empty() || !isDigit(value.front()))
            return false;
        std::size_t at = 0;
        while (at < value.size()) {
            const std::size_t digits = runLength(
                value, at, [](char c) { return isDigit(c) || c == '.'; }, 24);
            at += digits;
            at += runLength(value, at, isBlank, 2);
            const std::size_t unit = runLength(value, at, isLetter, 8);
            static constexpr std::string_view units[] = { "ns", "us", "ms", "s", "m", "h", "d", "w", "y",
                "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "hour", "hours", "hr",
                "hrs", "day", "days", "week", "weeks", "month", "months", "year", "years", "k", "ki", "mi",
                "gi", "ti", "mb", "gb", "kb", "b", "g" };
            if (digits == 0 || unit == 0 || !equalsAny(value.substr(at, unit), units))
                return false;
            at += unit;
        }
        return true;
    }

    bool looksRandom(std::string_view text)
    {
        return text.size() >= 20 && std::any_of(text.begin(), text.end(), isDigit)
            && std::any_of(text.begin(), text.end(), isUpper)
            && std::any_of(text.begin(), text.end(), isLower);
    }

    bool isPathCharacter(char c)
    {
        return isAlnum(c) || std::string_view("._-@~+/:$(){}*%,").find(c) != std::string_view::npos;
    }

    bool hasRandomSegment(std::string_view path)
    {
        while (!path.empty()) {
            const std::size_t slash = std::min(path.find('/'), path.size());
            const std::string_view segment = path.substr(0, slash);
            if (looksRandom(segment) && segment.find('.') == std::string_view::npos)
                return true;
            path.remove_prefix(std::min(slash + 1, path.size()));
        }
        return false;
    }

    /// "secret/data/app/db": at least two slashes and only words.
    bool isWordyPath(std::string_view value)
    {
        if (std::count(value.begin(), value.end(), '/') < 2 || value.find("//") != std::string_view::npos)
            return false;
        return allOf(value, [](char c) {
            return isLower(c) || isDigit(c) || c == '/' || c == '-' || c == '_' || c == '.' || c == '#';
        }) && !std::any_of(value.begin(), value.end(), isDigit);
    }

    bool isPath(std::string_view value)
    {
        if (isAbsolutePath(value) || isWordyPath(value))
            return true;
        if (value.starts_with("./") || value.starts_with("../") || value.starts_with("~/"))
            return allOf(value, isPathCharacter);
        return value.size() > 3 && isLetter(value[0]) && value[1] == ':'
            && (value[2] == '\\' || value[2] == '/'); // C:\…
    }

    /// A URL that carries no credential of its own; userinfo and signed queries are
    /// found by shape before.
    bool isPlainUrl(std::string_view value)
    {
        const std::size_t colon = value.find("://");
        if (colon == std::string_view::npos || colon == 0 || colon > 20
            || value.find('@') != std::string_view::npos)
            return false;
        return isLower(value.front()) && allOf(value.substr(0, colon), [](char c) {
            return isLower(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
        }) && value.find(' ') == std::string_view::npos;
    }

    bool isUuid(std::string_view value)
    {
        if (value.size() != 36)
            return false;
        for (std::size_t i = 0; i < value.size(); ++i) {
            const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? value[i] != '-' : !isHex(value[i]))
                return false;
        }
        return true;
    }

    bool isObjectName(std::string_view value)
    {
        return !value.empty() && value.size() <= 253 && isAlnum(value.front()) && isAlnum(value.back())
            && allOf(
                value, [](char c) { return isLower(c) || isDigit(c) || c == '-' || c == '.' || c == '/'; })
            && std::count(value.begin(), value.end(), '/') <= 1;
    }

    /// Fixed words joined by dashes or dots, as people name objects:
    /// "mysql-root-pass", never "s3cr3t" or "a1b2c3d4".
    bool isWordyObjectName(std::string_view value)
    {
        return isObjectName(value) && value.find('-') != std::string_view::npos
            && !std::any_of(value.begin(), value.end(), isDigit);
    }

    bool isSealed(std::string_view value)
    {
        if (startsWithAny(value, sealedPrefixes))
            return true;
        // SealedSecret ciphertext: version and key length lead to these beginnings.
        return (value.starts_with("Ag") && value.size() > 700)
            || (value.starts_with("AQ") && value.size() > 350 && value[2] >= 'A' && value[2] <= 'D');
    }

    /// "config.password", "getenv('X')", "os.environ[…]": program text inside a
    /// file of a ConfigMap.
    bool isProgramText(std::string_view value)
    {
        if (value.ends_with(';') || value.ends_with(','))
            value.remove_suffix(1);
        if (value.empty()
            || !(isLetter(value.front()) || value.front() == '_' || value.front() == '.'
                || value.front() == '@'))
            return false;
        const std::size_t identifier
            = runLength(
                  value, 1, [](char c) { return isAlnum(c) || c == '_' || c == '.' || c == ':'; },
                  LongestPlain)
            + 1;
        if (identifier < value.size())
            return (value[identifier] == '(' && value.back() == ')')
                || (value[identifier] == '[' && value.back() == ']');
        return value.find('.') != std::string_view::npos && !std::any_of(value.begin(), value.end(), isDigit)
            && value.back() != '.';
    }

    /// Placeholders of API keys that cannot work: "your-api-key-here",
    /// "insert_token", "TODO".
    bool isPlaceholderText(std::string_view value)
    {
        if (value.size() > 64)
            return false;
        std::string lower(value);
        std::transform(lower.begin(), lower.end(), lower.begin(), toLowerAscii);
        static constexpr std::string_view beginnings[] = { "your-", "your_", "your ", "yourapi", "yourtoken",
            "yourkey", "yoursecret", "yourpass", "my-api", "insert-", "insert_", "enter-", "enter_",
            "enter your", "todo:", "fixme", "placeholder", "dummy" };
        if (startsWithAny(lower, beginnings) || lower == "todo")
            return true;
        return lower.ends_with("-here") || lower.ends_with("_here")
            || lower.find("placeholder") != std::string::npos;
    }

    bool isWeakAllowed(std::string_view value)
    {
        if (isUuid(value) || isNumber(value) || isQuantity(value) || isRepeated(value)
            || value.find("://") != std::string_view::npos)
            return true;
        if (value.find_first_of(" \t\r\n\\,;(){}[]<>|\"'") != std::string_view::npos)
            return true;
        // Host names, image references, file names, e-mail addresses.
        if (value.find('@') != std::string_view::npos)
            return true;
        if (value.find('.') != std::string_view::npos && !value.starts_with("base64:")
            && allOf(value, [](char c) { return !isUpper(c); }))
            return true;
        return value.find(':') != std::string_view::npos && !value.starts_with("base64:");
    }

    bool isWeakCredential(const NameVerdict& name, std::string_view value)
    {
        if (value.size() < 16 || value.size() > 4096 || isWeakAllowed(value))
            return false;
        if (value.starts_with("base64:"))
            value.remove_prefix(7);
        if (allOf(value, isHex)) // 40 and 64 digits are also digests: only a name
                                 // that says "key" or the like makes them secret
            return !name.hashed && value.size() >= 32 && entropy(value) > 3.0;
        const bool digit = std::any_of(value.begin(), value.end(), isDigit);
        const bool lower = std::any_of(value.begin(), value.end(), isLower);
        const bool upper = std::any_of(value.begin(), value.end(), isUpper);
        if (static_cast<int>(digit) + static_cast<int>(lower) + static_cast<int>(upper) < 2
            || !allOf(value, [](char c) { return c > ' ' && c < 0x7F; }))
            return false;
        // Lower-case words with a number ("my-app-key-2024-production") reach the
        // floor only by length; randomness has digits or capitals spread over it.
        if (!upper && value.find_first_of("-_./") != std::string_view::npos)
            return false;
        return !name.hashed && entropy(value) >= entropyFloor(value.size());
    }

    /// Chosen by whoever runs the program, so that any text works: a placeholder
    /// left in place is a live credential. Keys and tokens that a third party hands
    /// out do not work until they are replaced.
    bool isChosenLocally(const NameVerdict& name)
    {
        static constexpr std::string_view handedOut[]
            = { "api", "license", "licence", "subscription", "service", "access", "account", "storage" };
        if (name.kind == NameKind::Key)
            return name.word == "key" && !equalsAny(name.qualifier, handedOut);
        return name.kind == NameKind::Password || name.kind == NameKind::Secret;
    }

    bool namesCredential(std::string_view value)
    {
        return allOf(value, [](char c) { return isLetter(c) || c == '-' || c == '_' || c == '.'; })
            && judgeName(value, Rules()).strong();
    }

    bool isNumberCredential(const NameVerdict& name, std::string_view value)
    {
        if (!name.last || name.counted)
            return false;
        if (name.kind == NameKind::Password) // "0" and "1" are switches
            return value.size() > 1;
        const std::size_t shortest = name.kind == NameKind::Secret ? 4 : 6;
        return !name.plural && value.size() >= shortest && value.find('.') == std::string_view::npos;
    }

    bool isStrongCredential(const NameVerdict& name, std::string_view value, Context context)
    {
        if (isNumber(value))
            return isNumberCredential(name, value);
        if (name.kind != NameKind::Password && isQuantity(value))
            return false;
        if (isPlaceholderText(value) && !isChosenLocally(name))
            return false;
        if (name.objectName && isObjectName(value))
            return false;
        // "secretKey: postgresPassword" in a file or an annotation names a field of a Secret.
        const bool inDocument = context == Context::Text || context == Context::Annotation;
        if (inDocument && name.kind != NameKind::Password && value.size() <= 64 && namesCredential(value))
            return false;
        const bool bareSecret = name.kind == NameKind::Secret && name.last;
        if (context == Context::Annotation && bareSecret && isObjectName(value))
            return false;
        if (context == Context::Text && bareSecret && isWordyObjectName(value))
            return false;
        return !(name.plural && value.size() < 8) && !(name.counted && value.size() < 8);
    }

} // namespace

LengthClass lengthClass(std::size_t length)
{
    if (length == 0)
        return LengthClass::None;
    if (length < 8)
        return LengthClass::UpTo7;
    if (length < 16)
        return LengthClass::UpTo15;
    if (length < 32)
        return LengthClass::UpTo31;
    return length < 64 ? LengthClass::UpTo63 : LengthClass::From64;
}

Alphabet alphabetOf(std::string_view text)
{
    if (text.empty())
        return Alphabet::None;
    if (allOf(text, isDigit))
        return Alphabet::Digits;
    if (allOf(text, isHex))
        return Alphabet::Hex;
    if (allOf(text, isLetter))
        return Alphabet::Letters;
    if (allOf(text, isAlnum))
        return Alphabet::Alphanumeric;
    if (allOf(text, [](char c) { return isBase64(c) || c == '='; }))
        return Alphabet::Base64;
    return allOf(text, [](char c) { return c >= ' ' && c < 0x7F; }) ? Alphabet::Printable : Alphabet::Mixed;
}

double entropy(std::string_view text)
{
    std::array<std::size_t, 256> counts {};
    for (const char c : text)
        ++counts[static_cast<unsigned char>(c)];
    double bits = 0.0;
    const auto total = static_cast<double>(text.size());
    for (const std::size_t count : counts) {
        if (count > 0) {
            const double share = static_cast<double>(count) / total;
            bits -= share * std::log2(share);
        }
    }
    return bits;
}

double entropyFloor(std::size_t length)
{
    struct Point {
        double length, bits;
    };
    static constexpr Point points[] = { { 16, 3.6 }, { 32, 4.4 }, { 64, 5.0 }, { 128, 5.5 } };
    const auto n = static_cast<double>(length);
    if (n <= points[0].length)
        return points[0].bits;
    for (std::size_t i = 1; i < std::size(points); ++i) {
        if (n <= points[i].length) {
            const double share = (n - points[i - 1].length) / (points[i].length - points[i - 1].length);
            return points[i - 1].bits + share * (points[i].bits - points[i - 1].bits);
        }
    }
    return 6.0 - 64.0 / n;
}

bool isRepeated(std::string_view value)
{
    return value.size() >= 2 && allOf(value, [first = value.front()](char c) { return c == first; });
}

bool isAbsolutePath(std::string_view value)
{
    return !value.empty() && value.front() == '/' && allOf(value, isPathCharacter)
        && !hasRandomSegment(value);
}

bool isDefaultPassword(std::string_view value)
{
    if (value.size() > 40 || value.empty())
        return false;
    if (allOf(value, isDigit)) {
        const bool ascending = std::adjacent_find(value.begin(), value.end(), [](char a, char b) {
            return b - a != 1 && !(a == '9' && b == '0');
        }) == value.end();
        return isRepeated(value) || ascending;
    }
    // Compared without case, separators, and closing digits or exclamation marks:
    // "Change-Me", "admin123!".
    std::string core;
    for (const char c : value) {
        if (c != '-' && c != '_' && c != ' ' && c != '.')
            core += toLowerAscii(c);
    }
    if (equalsAny(core, defaultPasswords) || isPlaceholderText(value))
        return true;
    while (!core.empty()
        && (isDigit(core.back()) || core.back() == '!' || core.back() == '#' || core.back() == '$'))
        core.pop_back();
    return core.size() >= 2 && equalsAny(core, defaultPasswords);
}

bool isLiteralCredential(const NameVerdict& name, std::string_view value, Context context, const Rules& rules)
{
    if (name.strength == NameStrength::None || value.empty()
        || std::find(rules.allowedValues.begin(), rules.allowedValues.end(), value)
            != rules.allowedValues.end())
        return false;
    if (value.size() <= LongestPlain) {
        while (!value.empty() && isSpace(value.front()))
            value.remove_prefix(1);
        while (!value.empty() && isSpace(value.back()))
            value.remove_suffix(1);
        if (value.empty() || equalsAny(value, emptyWords) || isReference(value, context) || isPath(value)
            || isPlainUrl(value))
            return false;
        if (context == Context::Text && isProgramText(value))
            return false;
    }
    if (startsWithAny(value, publicPrefixes) || isSealed(value)
        || value.find(redactedMark) != std::string_view::npos)
        return false;
    if (name.kind == NameKind::UserAndPassword)
        return value.find_first_of(":/") != std::string_view::npos
            && value.find(' ') == std::string_view::npos && value.back() != ':';
    if (name.kind == NameKind::Header)
        return value.size() >= 8;
    return name.strong() ? isStrongCredential(name, value, context) : isWeakCredential(name, value);
}

} // namespace glacis::credentials
