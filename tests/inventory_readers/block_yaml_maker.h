// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes random YAML as people and programs write it: block mappings and lists in every indentation, all
// kinds of scalars, comments; every second one with anchors, merge keys, brackets and tabs as well. Most of
// it is valid; a seed makes the same text again.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace glacis::test {

class BlockYamlMaker {
public:
    explicit BlockYamlMaker(unsigned seed)
        : m_random(seed)
    {
    }

    /// One document or several.
    std::string text()
    {
        m_common = chance(2);
        if (m_common) {
            std::string out = oneOf({ "", "", "---\n", "# head\n---\n", "\n", "\xEF\xBB\xBF" });
            container(out, 0, 0);
            return out + oneOf({ "", "", "# end", "\n\n" });
        }
        std::string out = oneOf({ "", "", "", "", "\xEF\xBB\xBF", "# head\n", "\n\n", "%YAML 1.1\n---\n" });
        for (std::size_t documents = 1 + (below(4) == 0 ? below(3) : 0); documents > 0; --documents) {
            m_anchors.clear();
            out += oneOf({ "", "---\n", "--- # a document\n", "---   \n", "--- \n" });
            if (documents == 1 && below(12) == 0)
                out += oneOf({ "--- word\n", "just text\n", "--- {}\n", "--- |\n  x\n" });
            else
                container(out, 0, 0);
            if (documents > 1)
                out += oneOf({ "---\n", "...\n---\n", "---\n---\n" });
            else
                out += oneOf({ "", "", "", "...\n", "---\n", "# end", "\n\n" });
        }
        return out;
    }

    std::size_t below(std::size_t limit) { return m_random() % limit; }
    bool chance(std::size_t in) { return below(in) == 0; }

private:
    std::string oneOf(std::initializer_list<const char*> choices)
    {
        return choices.begin()[below(choices.size())];
    }
    static std::string spaces(std::size_t count) { return std::string(count, ' '); }

    /// What may stand between two lines.
    void noise(std::string& out, std::size_t column)
    {
        if (chance(8))
            out += spaces(below(column + 4)) + oneOf({ "# note\n", "#\n", "## a: b\n", "# - x\n", "#'\n" });
        if (chance(10))
            out += oneOf({ "\n", "   \n", "\n\n", "          \n" });
    }
    void endLine(std::string& out)
    {
        out += oneOf({ "\n", "\n", "\n", "\n", "\n", " \n", "   # why\n", " #\n", "  # a: 'b\n" });
    }

    std::string plain()
    {
        return oneOf({ "word", "a b  c", "x:y", "http://h:80/p?q#f", "a#b", "-x", "--flag=on", ":x", "?x",
            "0644", "0o17", "0x1F", "0b11", "12", "-12", "+12", "1_000", "1e3", "1.5", ".5", "1.", "-.inf",
            ".nan", "1:30", "12:30:45", "2024-01-02", "2024-01-02T03:04:05Z", "true", "True", "yes", "No",
            "on", "OFF", "y", "n", "~", "null", "Null", "=", "<<", "é", "日本 語", "a'b", "a\"b", "a, b",
            "a]b}", "x*", "&", "100m", "1Gi", "99999999999999999999", "0.1.2", "$(X)", "\\n", "e\xCC\x81" });
    }
    std::string key()
    {
        const std::string number = chance(8) ? std::string() : std::to_string(below(1000));
        switch (below(8)) {
        case 0:
            return "\"" + std::string(oneOf({ "quoted", "", "a\\u0041", "# x", "é: " })) + number + "\"";
        case 1:
            return "'" + std::string(oneOf({ "single", "it''s", "- x", "{" })) + number + "'";
        default:
            return oneOf({ "name", "kind", "items", "metadata", "a", "b", "c", "d/e.f", "two words", "é", "1",
                       "0x2", "true", "1.5", "-k", "k-", "~" })
                + number;
        }
    }

    void quotedText(std::string& out, std::size_t column)
    {
        const bool twice = chance(2);
        out += twice ? '"' : '\'';
        for (std::size_t parts = below(5); parts > 0; --parts) {
            out += twice ? oneOf({ "a", " ", "\\n", "\\\"", "\\u00e9", "\\x41", "\\t", "\\\\", "'", ": ",
                       " #x", "{", "é", "\\/", "\\e", "\\0", "- " })
                         : oneOf({ "a", " ", "''", "\\", "\"", ": ", " #x", "[", "é", "- ", "%" });
            if (chance(6))
                out += oneOf({ "", " ", "  " }) + std::string(1 + below(3), '\n')
                    + spaces(column + 1 + below(3));
            else if (twice && chance(12))
                out += "\\\n" + spaces(column + below(4));
        }
        out += twice ? '"' : '\'';
    }

    /// A block scalar whose container stands in this column.
    void blockText(std::string& out, std::size_t column)
    {
        const std::size_t step = 1 + below(4);
        out += oneOf({ "|", ">" });
        const bool said = chance(4);
        if (said)
            out += std::to_string(step);
        out += oneOf({ "", "", "-", "+" });
        out += oneOf({ "\n", "\n", "  \n", " # c\n" });
        if (!said && chance(6))
            out += oneOf({ "\n", "\n\n" });
        for (std::size_t lines = below(5); lines > 0; --lines) {
            out += spaces(column + step)
                + oneOf({ "line", "a: b", "- x", "# no comment", "x  ", "\"", "---", "{{ y }}", "é" }) + "\n";
            if (chance(4))
                out += spaces(column + step + 1 + below(3)) + "more\n";
            if (chance(5))
                out += oneOf({ "\n", "\n\n", "  \n" });
        }
        if (chance(4))
            out += oneOf({ "\n", "\n\n" });
    }

    void plainLines(std::string& out, std::size_t column)
    {
        out += oneOf({ "some words", "a", "x y" });
        for (std::size_t lines = 1 + below(3); lines > 0; --lines)
            out += oneOf({ "\n", "\n", " \n", "\n\n", "\n  \n\n" }) + spaces(column + 1 + below(4))
                + oneOf({ "more", "and - more", "x", "'y'", "- z", "z#" });
        endLine(out);
    }

    /// After "key: " or "- ".
    void scalar(std::string& out, std::size_t column)
    {
        switch (m_common ? below(9) : below(20)) {
        case 0:
        case 1:
        case 2:
            quotedText(out, column);
            return endLine(out);
        case 3:
        case 4:
            return blockText(out, column);
        case 5:
            return plainLines(out, column);
        case 6:
            out += oneOf({ "{}", "[]" });
            return endLine(out);
        case 9:
            if (chance(3)) {
                out += oneOf(
                    { "{ }", "[a, b]", "{a: b}", "[ {x: 1}, ]", "!!str 12", "! x", "!t y", "!!binary YQ==" });
                return endLine(out);
            }
            break;
        case 10:
            if (chance(3)) {
                m_anchors.push_back("n" + std::to_string(m_anchors.size()));
                out += "&" + m_anchors.back() + " " + plain();
                return endLine(out);
            }
            break;
        case 11:
            if (!m_anchors.empty()) {
                out += "*" + m_anchors[below(m_anchors.size())];
                return endLine(out);
            }
            break;
        case 12:
            if (chance(6)) {
                out += plain() + oneOf({ "\t", "\t# c", " \t ", "\tx" });
                return endLine(out);
            }
            break;
        default:
            break;
        }
        out += plain();
        endLine(out);
    }

    void container(std::string& out, std::size_t column, std::size_t depth)
    {
        if (chance(2) || (depth == 0 && !chance(5)))
            mapping(out, column, depth, true);
        else
            list(out, column, depth, true);
    }

    /// indentFirst: the first line is not begun yet.
    void mapping(std::string& out, std::size_t column, std::size_t depth, bool indentFirst)
    {
        for (std::size_t entries = 1 + below(depth > 3 ? 2 : 4); entries > 0; --entries) {
            if (indentFirst) {
                noise(out, column);
                out += spaces(column);
            }
            indentFirst = true;
            if (!m_anchors.empty() && chance(8)) {
                out += "<<: *" + m_anchors[below(m_anchors.size())];
                endLine(out);
                continue;
            }
            out += key() + oneOf({ ":", ":", ":", " :", "  :" });
            if (depth < 6 && chance(3)) { // a container below
                if (!m_common && chance(6)) {
                    m_anchors.push_back("m" + std::to_string(m_anchors.size()));
                    out += " &" + m_anchors.back();
                }
                endLine(out);
                if (chance(2))
                    list(out, column + (chance(2) ? 0 : 1 + below(4)), depth + 1, true);
                else
                    mapping(out, column + 1 + below(6), depth + 1, true);
            } else if (chance(8)) { // nothing, or a value in the next line
                endLine(out);
                if (chance(2)) {
                    out += spaces(column + 1 + below(4));
                    scalar(out, column);
                }
            } else {
                out += spaces(1 + (chance(4) ? below(4) : 0));
                scalar(out, column);
            }
        }
    }

    void list(std::string& out, std::size_t column, std::size_t depth, bool indentFirst)
    {
        for (std::size_t entries = 1 + below(4); entries > 0; --entries) {
            if (indentFirst) {
                noise(out, column);
                out += spaces(column);
            }
            indentFirst = true;
            out += '-';
            const std::size_t gap = 1 + (chance(4) ? below(4) : 0);
            switch (below(depth > 5 ? 2 : 8)) {
            case 0:
                endLine(out);
                break;
            case 2:
            case 3:
            case 4:
                out += spaces(gap);
                mapping(out, column + 1 + gap, depth + 1, false);
                break;
            case 5:
                out += spaces(gap);
                list(out, column + 1 + gap, depth + 1, false);
                break;
            case 6:
                endLine(out);
                container(out, column + 1 + below(4), depth + 1);
                break;
            default:
                out += spaces(gap);
                scalar(out, column);
            }
        }
    }

    std::mt19937 m_random;
    std::vector<std::string> m_anchors;
    bool m_common = true; ///< without what is rare in manifests
};

} // namespace glacis::test
