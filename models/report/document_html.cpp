// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page around the blocks: head, cover, contents, sections. Everything is in the one file, and the page
// may not fetch or run anything: its own Content-Security-Policy says so to the browser.
#include <report/document_writers.h>

#include <algorithm>

#include <report/document_words.h>
#include <report/html_blocks.h>
#include <report/html_style.h>
#include <report/html_text.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    constexpr std::string_view policy
        = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    class HtmlDocument {
    public:
        HtmlDocument(const Document& document, const HtmlPictures& pictures)
            : m_document(document)
            , m_pictures(pictures)
            , m_anchors(document)
            , m_page { m_out, m_anchors }
        {
        }

        std::string write()
        {
            head();
            append(m_out, "<body id=\"g-top\">\n<a class=\"skip\" href=\"#g-main\">Skip to the report</a>\n",
                shapeSymbols());
            cover();
            contents();
            m_out += "<main id=\"g-main\" tabindex=\"-1\">\n";
            for (const Block& block : m_document.blocks)
                std::visit([this](const auto& b) { put(b); }, block);
            closeDownTo(1);
            m_out += "</main>\n";
            foot();
            m_out += "</body>\n</html>\n";
            return std::move(m_out);
        }

    private:
        void head()
        {
            append(m_out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n",
                R"(<meta http-equiv="Content-Security-Policy" content=")", policy, "\"/>\n",
                "<meta name=\"referrer\" content=\"no-referrer\"/>\n",
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n",
                "<meta name=\"color-scheme\" content=\"light dark\"/>\n",
                "<meta name=\"generator\" content=\"Glacis " GLACIS_VERSION "\"/>\n<title>");
            appendHtml(m_out, m_document.title);
            append(m_out, "</title>\n<style>", htmlStyle(m_document), "</style>\n</head>\n");
        }

        void classification(std::string_view before)
        {
            if (m_document.classification.empty())
                return;
            append(m_out, before, "<span class=\"tag classification\">");
            appendHtml(m_out, m_document.classification);
            m_out += "</span>";
        }

        void cover()
        {
            m_out += "<header class=\"cover\">\n<div class=\"brand\">";
            // Only what the writer's own contract names; anything else could not be shown anyway.
            if (m_pictures.logo.starts_with("data:image/")) {
                m_out += R"(<img alt="" src=")";
                appendHtml(m_out, m_pictures.logo);
                m_out += "\"/>";
            }
            m_out += "<span><span class=\"dot\"></span><bdi>";
            appendBreaking(m_out, m_document.cluster, 16);
            m_out += "</bdi></span>";
            if (const std::string date = dateOf(m_document); !date.empty())
                append(m_out, "<time datetime=\"", date, "\">", date, "</time>");
            classification({});
            m_out += "</div>\n<h1>";
            appendBreaking(m_out, m_document.title, 16);
            m_out += "</h1>\n<p class=\"subtitle\">";
            appendHtml(m_out, m_document.subtitle);
            m_out += "</p>\n";
            if (!m_document.lead.empty()) {
                m_out += "<p class=\"lead\">";
                appendRuns(m_out, m_document.lead, m_anchors);
                m_out += "</p>\n";
            }
            if (m_document.scores)
                writeHtml(m_page, *m_document.scores);
            writeHtml(m_page, Facts { m_document.facts });
            m_out += "</header>\n";
        }

        void contents()
        {
            m_out += "<nav aria-label=\"Contents\">\n<div class=\"where\"><span class=\"kind\">Cluster</span>"
                     "<strong><span class=\"dot\"></span><bdi>";
            appendBreaking(m_out, m_document.cluster, 16);
            m_out += "</bdi></strong>";
            classification({});
            m_out += "</div>\n<div class=\"navname kind\">Contents</div>\n<ol>\n";
            int depth = 0; // lists below the outer one; an item stays open for what follows it
            bool item = false;
            for (const Block& block : m_document.blocks) {
                const auto* heading = std::get_if<Heading>(&block);
                if (!heading || heading->level > 2)
                    continue;
                if (heading->level == 2 && depth == 0 && item) {
                    m_out += "<ol>\n";
                    depth = 1;
                } else {
                    if (item)
                        m_out += "</li>\n";
                    if (heading->level < 2 && depth == 1) {
                        m_out += "</ol></li>\n";
                        depth = 0;
                    }
                }
                append(m_out, "<li><a href=\"#", m_anchors.of(*heading), "\">");
                if (!heading->number.empty()) {
                    m_out += "<span class=\"no\">";
                    appendHtml(m_out, heading->number);
                    m_out += "</span>";
                }
                m_out += "<span>";
                appendBreaking(m_out, heading->text, 14);
                m_out += "</span></a>";
                item = true;
            }
            append(m_out, item ? "</li>\n" : "", depth == 1 ? "</ol></li>\n" : "", "</ol>\n</nav>\n");
        }

        void foot()
        {
            m_out += "<footer><span>";
            appendHtml(m_out, m_document.title);
            m_out += "</span>";
            if (!m_document.classification.empty()) {
                m_out += "<span>";
                appendHtml(m_out, m_document.classification);
                m_out += "</span>";
            }
            m_out += "<a href=\"#g-top\">Back to the top</a></footer>\n";
        }

        /// Ends the sections of this level and below it.
        void closeDownTo(int level)
        {
            while (!m_open.empty() && m_open.back() >= level) {
                m_out += "</section>\n";
                m_open.pop_back();
            }
        }

        void put(const Heading& heading)
        {
            const int level = std::clamp(heading.level, 1, 3);
            closeDownTo(level);
            m_open.push_back(level);
            m_page.level = level;
            const std::string_view anchor = m_anchors.of(heading);
            // Named sections are landmarks: few of them help, thousands hinder.
            if (level == 1)
                append(m_out, "<section class=\"chapter ", heading.newPage ? "new" : "follows",
                    "\" aria-labelledby=\"", anchor, "\">\n");
            else
                append(m_out, "<section class=\"", level == 2 ? "part" : "item", "\">\n");
            const std::string tag = "h" + std::to_string(level + 1);
            append(m_out, "<", tag, " id=\"", anchor, "\"");
            if (heading.stage > 0)
                append(m_out, " class=\"staged s", std::to_string(std::min<int>(heading.stage, StageCount)),
                    "\"");
            m_out += '>';
            if (!heading.number.empty()) {
                m_out += "<span class=\"no\">";
                appendHtml(m_out, heading.number);
                m_out += "</span>";
            }
            if (heading.severity) {
                appendSeverity(m_out, *heading.severity, severityTitle(*heading.severity));
                m_out += ' ';
            }
            appendBreaking(m_out, heading.text, 16);
            append(m_out, "</", tag, ">\n");
        }

        void put(const AttackPicture& picture)
        {
            // Ids within a picture may stand in a page once.
            if (!m_pictures.attackLight.starts_with("<svg") || m_pictureShown)
                return;
            m_pictureShown = true;
            const bool both = m_pictures.attackDark.starts_with("<svg");
            append(
                m_out, "<figure><div class=\"picture ", both ? "both" : "single", R"("><div class="light">)");
            drawing(m_pictures.attackLight, picture.words);
            m_out += "</div>";
            if (both) {
                m_out += "<div class=\"dark\">";
                drawing(m_pictures.attackDark, picture.words);
                m_out += "</div>";
            }
            m_out += "</div><figcaption>";
            appendHtml(m_out, picture.caption);
            m_out += "</figcaption></figure>\n";
        }

        /// With its words as a name, not as <title>: that would follow the mouse as a tool tip.
        void drawing(std::string_view svg, std::string_view words)
        {
            constexpr std::size_t name = 4; // "<svg"
            append(m_out, svg.substr(0, name), " aria-label=\"");
            appendHtml(m_out, words);
            append(m_out, "\"", svg.substr(name));
        }

        template <class Other> void put(const Other& block) { writeHtml(m_page, block); }

        const Document& m_document;
        const HtmlPictures& m_pictures;
        DocumentAnchors m_anchors;
        std::string m_out;
        HtmlPage m_page;
        std::vector<int> m_open; ///< levels of the open sections
        bool m_pictureShown = false;
    };
}

std::string writeDocumentHtml(const Document& document, const HtmlPictures& pictures)
{
    return HtmlDocument(document, pictures).write();
}

} // namespace glacis::report
