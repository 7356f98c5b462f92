// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <secrets/datastores.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <base/text.h>

namespace glacis::secrets {
namespace {
    struct Row {
        Datastore store;
        std::string_view words; ///< of names and images, separated by '|'
        std::string_view schemes;
    };
    // Ports and schemes as each program's own documentation gives them.
    constexpr Row Rows[] = {
        { { "postgres", "PostgreSQL", 5432 }, "postgres|postgresql|pg|pgsql|pgpassword|timescaledb|pgbouncer",
            "postgres|postgresql|jdbc:postgresql" },
        { { "mysql", "MySQL", 3306 }, "mysql|percona", "mysql|mysqlx|jdbc:mysql" },
        { { "mariadb", "MariaDB", 3306 }, "mariadb", "mariadb|jdbc:mariadb" },
        { { "mongodb", "MongoDB", 27017 }, "mongo|mongodb", "mongodb|mongodb+srv" },
        { { "redis", "Redis", 6379 }, "redis|valkey|keydb", "redis|rediss" },
        { { "mssql", "SQL Server", 1433 }, "mssql|sqlserver", "sqlserver|mssql|jdbc:sqlserver" },
        { { "oracle", "Oracle Database", 1521 }, "oracle", "oracle|jdbc:oracle" },
        { { "rabbitmq", "RabbitMQ", 5672 }, "rabbitmq|amqp", "amqp|amqps" },
        { { "kafka", "Apache Kafka", 9092 }, "kafka", "kafka" },
        { { "nats", "NATS", 4222 }, "nats", "nats" },
        { { "cassandra", "Apache Cassandra", 9042 }, "cassandra|scylla", "cassandra" },
        { { "elasticsearch", "Elasticsearch", 9200 }, "elasticsearch|elastic", "" },
        { { "opensearch", "OpenSearch", 9200 }, "opensearch", "" },
        { { "couchdb", "CouchDB", 5984 }, "couchdb", "" },
        { { "influxdb", "InfluxDB", 8086 }, "influxdb|influx", "" },
        { { "clickhouse", "ClickHouse", 9000 }, "clickhouse", "clickhouse" },
        { { "neo4j", "Neo4j", 7687 }, "neo4j", "bolt|neo4j" },
        { { "minio", "MinIO", 9000 }, "minio|s3", "s3" },
    };
    // Words that mean some database without saying which.
    constexpr std::string_view Generic[]
        = { "db", "database", "databases", "datasource", "dsn", "jdbc", "sql" };

    /// Is the word one of a list separated by '|'? Looked up in place: this is asked for every container.
    bool listed(std::string_view list, std::string_view word)
    {
        for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            if ((at == 0 || list[at - 1] == '|') && (end == list.size() || list[end] == '|'))
                return !word.empty();
        }
        return false;
    }

    const Datastore* byWord(std::string_view word)
    {
        for (const Row& row : Rows)
            if (listed(row.words, word))
                return &row.store;
        return nullptr;
    }

    /// "dbPassword", "DB_PASSWORD", "orders-db": its words, lower case.
    std::vector<std::string> wordsOf(std::string_view name)
    {
        std::vector<std::string> words;
        std::string word;
        const auto end = [&] {
            if (!word.empty())
                words.push_back(std::move(word));
            word.clear();
        };
        const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
        for (std::size_t i = 0; i < name.size(); ++i) {
            const char c = name[i];
            const bool letter = upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letter || (upper(c) && i > 0 && !upper(name[i - 1])))
                end();
            if (letter)
                word += static_cast<char>(upper(c) ? c - 'A' + 'a' : c);
        }
        end();
        return words;
    }

    std::string_view lastSegment(std::string_view image)
    {
        image = image.substr(0, image.find('@'));
        image = image.substr(image.rfind('/') + 1); // npos + 1 is 0
        return image.substr(0, image.find(':'));
    }
}

const Datastore* datastoreOfImage(std::string_view image)
{
    const std::string name = toLower(lastSegment(image));
    // An exporter, a proxy or a client's tool carries the name of the store that it serves.
    for (const std::string& word : wordsOf(name))
        for (const std::string_view other : { "exporter", "operator", "proxy", "commander", "express",
                 "admin", "backup", "ui", "client", "exporters" })
            if (word == other)
                return nullptr;
    for (const std::string& word : wordsOf(name))
        if (const Datastore* store = byWord(word))
            return store;
    return nullptr;
}

const Datastore* datastoreOfScheme(std::string_view scheme)
{
    const std::string lower = toLower(scheme);
    for (const Row& row : Rows)
        if (listed(row.schemes, lower))
            return &row.store;
    // "postgresql+psycopg2", "mysql+pymysql": dialect+driver of SQLAlchemy.
    const std::size_t plus = lower.find('+');
    return plus == std::string::npos ? nullptr : datastoreOfScheme(std::string_view(lower).substr(0, plus));
}

bool namesDatastore(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return byWord(word) || std::find(std::begin(Generic), std::end(Generic), word) != std::end(Generic);
    });
}

bool opensDatastore(const inventory::CredentialLiteral& literal, const inventory::Container& container)
{
    using credentials::Detector;
    if (!literal.urlScheme.empty())
        return datastoreOfScheme(literal.urlScheme) != nullptr;
    switch (literal.detector) {
    case Detector::AzureStorageKey:
        return true;
    case Detector::ConnectionString:
        return true;
    case Detector::StrongName:
    case Detector::WeakName:
    case Detector::PasswordFlag:
    case Detector::Custom:
        return namesDatastore(literal.key) || datastoreOfImage(container.image) != nullptr;
    default:
        return false;
    }
}

bool admitsEverybody(const inventory::EnvVar& variable)
{
    if (variable.source != inventory::EnvSource::Literal)
        return false;
    if (variable.name == "POSTGRES_HOST_AUTH_METHOD")
        return variable.value == "trust";
    constexpr std::array names { "MYSQL_ALLOW_EMPTY_PASSWORD", "MARIADB_ALLOW_EMPTY_PASSWORD",
        "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "ALLOW_EMPTY_PASSWORD" };
    return variable.hasValue && !equalsIgnoringCase(variable.value, "no")
        && !equalsIgnoringCase(variable.value, "false") && variable.value != "0"
        && std::any_of(names.begin(), names.end(), [&](const char* name) { return variable.name == name; });
}

} // namespace glacis::secrets
