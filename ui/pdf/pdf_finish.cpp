// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/pdf_finish.h>

#include <base/sha256.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

// Says that we keep no pointers of qpdf's older interface.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/JSON.hh> // first: QPDF.hh keeps a vector of a type that it only names
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <exception>
#include <memory>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;
    using Handle = QPDFObjectHandle;

    Handle text(const QString& value) { return Handle::newUnicodeString(value.toStdString()); }

    Handle number(double value) { return Handle::newReal(value, 2); }

    class Finisher {
    public:
        Finisher(const QByteArray& pdf, const PdfExtras& extras)
            : m_extras(extras)
        {
            m_pdf.setSuppressWarnings(true);
            m_pdf.processMemoryFile("report", pdf.constData(), static_cast<std::size_t>(pdf.size()));
            for (const auto& page : QPDFPageDocumentHelper(m_pdf).getAllPages())
                m_pages.push_back(page.getObjectHandle());
        }

        QByteArray finish()
        {
            addLinks();
            addOutline();
            tagFonts();
            describe();
            return written();
        }

    private:
        [[nodiscard]] Handle destination(const PdfTarget& target)
        {
            const auto page = std::clamp<std::size_t>(
                static_cast<std::size_t>(std::max(0, target.page)), 0, m_pages.size() - 1);
            // A little above, so that what is led to does not touch the window's edge.
            const double y = std::min(m_extras.pageHeight, m_extras.pageHeight - target.y + 12);
            return Handle::newArray(
                { m_pages[page], Handle::newName("/XYZ"), Handle::newNull(), number(y), Handle::newNull() });
        }

        void addLinks()
        {
            std::vector<std::vector<Handle>> byPage(m_pages.size());
            for (const PdfLink& link : m_extras.links) {
                const auto page = static_cast<std::size_t>(link.page);
                if (page >= m_pages.size())
                    continue;
                Handle annotation = Handle::newDictionary();
                annotation.replaceKey("/Type", Handle::newName("/Annot"));
                annotation.replaceKey("/Subtype", Handle::newName("/Link"));
                annotation.replaceKey("/Rect",
                    Handle::newArray(
                        { number(link.box.left()), number(m_extras.pageHeight - link.box.bottom()),
                            number(link.box.right()), number(m_extras.pageHeight - link.box.top()) }));
                annotation.replaceKey("/Border",
                    Handle::newArray(
                        { Handle::newInteger(0), Handle::newInteger(0), Handle::newInteger(0) }));
                annotation.replaceKey("/F", Handle::newInteger(4)); // is printed, as PDF/A wants it
                annotation.replaceKey("/Dest", destination(link.target));
                byPage[page].push_back(m_pdf.makeIndirectObject(annotation));
            }
            for (std::size_t i = 0; i < m_pages.size(); ++i)
                if (!byPage[i].empty())
                    m_pages[i].replaceKey("/Annots", Handle::newArray(byPage[i]));
        }

        /// The entries of `level` from m_next on as children of the parent; returns how many are shown when
        /// the parent is open.
        int addChildren(Handle parent, int level)
        {
            std::vector<Handle> children;
            while (m_next < m_extras.outline.size() && m_extras.outline[m_next].level >= level) {
                const PdfOutlineEntry& entry = m_extras.outline[m_next++];
                Handle item = m_pdf.makeIndirectObject(Handle::newDictionary());
                item.replaceKey("/Title", text(entry.text));
                item.replaceKey("/Dest", destination(entry.target));
                item.replaceKey("/Parent", parent);
                // Negative: closed, until a person opens it.
                if (const int below = addChildren(item, entry.level + 1); below > 0)
                    item.replaceKey("/Count", Handle::newInteger(-below));
                if (!children.empty()) {
                    children.back().replaceKey("/Next", item);
                    item.replaceKey("/Prev", children.back());
                }
                children.push_back(item);
            }
            if (!children.empty()) {
                parent.replaceKey("/First", children.front());
                parent.replaceKey("/Last", children.back());
            }
            return static_cast<int>(children.size());
        }

        void addOutline()
        {
            if (m_extras.outline.empty())
                return;
            Handle root = m_pdf.makeIndirectObject(Handle::newDictionary());
            root.replaceKey("/Type", Handle::newName("/Outlines"));
            root.replaceKey("/Count", Handle::newInteger(addChildren(root, 1)));
            m_pdf.getRoot().replaceKey("/Outlines", root);
            m_pdf.getRoot().replaceKey("/PageMode", Handle::newName("/UseOutlines"));
        }

        /// Six letters of what a subset holds. Qt's own follow the order of a hash table.
        static std::string tagOf(Handle descriptor)
        {
            std::string tag = "/AAAAAA+";
            Handle file = descriptor.isDictionary() ? descriptor.getKey("/FontFile2") : Handle::newNull();
            if (!file.isStream())
                return tag;
            const auto bytes = file.getRawStreamData();
            const auto hash = sha256({ reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize() });
            for (std::size_t i = 0; i < 6; ++i)
                tag[i + 1] = static_cast<char>('A' + hash[i] % 26);
            return tag;
        }

        /// Without slash and without a tag that stands there: "NotoSans-Bold".
        static std::string familyOf(const std::string& name)
        {
            constexpr std::size_t plus = 7;
            const bool tagged = name.size() > plus && name[plus] == '+'
                && std::all_of(
                    name.begin() + 1, name.begin() + plus, [](char c) { return c >= 'A' && c <= 'Z'; });
            return name.substr(tagged ? plus + 1 : 1);
        }

        /// Names say that a font is a subset by six letters in front; QPdfWriter leaves them out of some.
        void tagFonts()
        {
            for (Handle& font : m_pdf.getAllObjects()) {
                if (!font.isDictionaryOfType("/Font", "/Type0"))
                    continue;
                Handle descendants = font.getKey("/DescendantFonts");
                if (!descendants.isArray() || descendants.getArrayNItems() == 0)
                    continue;
                Handle descendant = descendants.getArrayItem(0);
                Handle descriptor = descendant.getKey("/FontDescriptor");
                const std::string tag = tagOf(descriptor);
                const auto rename = [&](Handle dictionary, const char* key) {
                    if (dictionary.isDictionary() && dictionary.getKey(key).isName())
                        dictionary.replaceKey(
                            key, Handle::newName(tag + familyOf(dictionary.getKey(key).getName())));
                };
                rename(font, "/BaseFont");
                rename(descendant, "/BaseFont");
                rename(descriptor, "/FontName");
            }
        }

        void describe()
        {
            Handle root = m_pdf.getRoot();
            root.replaceKey("/Lang", text(m_extras.language));
            Handle viewer = Handle::newDictionary();
            viewer.replaceKey("/DisplayDocTitle", Handle::newBool(true));
            root.replaceKey("/ViewerPreferences", viewer);
            Handle info = Handle::newDictionary();
            info.replaceKey("/Title", text(m_extras.title));
            info.replaceKey("/Author", text(m_extras.author));
            info.replaceKey("/Subject", text(m_extras.subject));
            info.replaceKey("/Creator", text(m_extras.creator));
            info.replaceKey("/Producer", text(m_extras.creator));
            if (m_extras.made != 0) {
                const QString date = time().toString(u"'D:'yyyyMMddHHmmss'Z'"_s);
                info.replaceKey("/CreationDate", text(date));
                info.replaceKey("/ModDate", text(date));
            }
            Handle trailer = m_pdf.getTrailer();
            trailer.replaceKey("/Info", m_pdf.makeIndirectObject(info));
            // QPdfWriter's is random; qpdf makes one of the content where there is none.
            trailer.removeKey("/ID");
            Handle xmp = m_pdf.newStream(metadata().toStdString());
            xmp.getDict().replaceKey("/Type", Handle::newName("/Metadata"));
            xmp.getDict().replaceKey("/Subtype", Handle::newName("/XML"));
            root.replaceKey("/Metadata", xmp);
        }

        [[nodiscard]] QDateTime time() const
        {
            return QDateTime::fromSecsSinceEpoch(m_extras.made, QTimeZone::utc());
        }

        /// The same as the information dictionary tells.
        [[nodiscard]] QString metadata() const
        {
            const QString when = m_extras.made == 0
                ? QString()
                : u"<xmp:CreateDate>%1</xmp:CreateDate><xmp:ModifyDate>%1</xmp:ModifyDate>\n"_s.arg(
                    time().toString(u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s));
            const auto escaped = [](const QString& value) { return value.toHtmlEscaped(); };
            return u"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                   "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                   " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
                   "<dc:format>application/pdf</dc:format>\n"
                   "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">"_s
                + escaped(m_extras.title) + u"</rdf:li></rdf:Alt></dc:title>\n<dc:creator><rdf:Seq><rdf:li>"_s
                + escaped(m_extras.author)
                + u"</rdf:li></rdf:Seq></dc:creator>\n"
                  "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">"_s
                + escaped(m_extras.subject)
                + u"</rdf:li></rdf:Alt></dc:description>\n<dc:language><rdf:Bag>"
                  "<rdf:li>"_s
                + escaped(m_extras.language) + u"</rdf:li></rdf:Bag></dc:language>\n<xmp:CreatorTool>"_s
                + escaped(m_extras.creator) + u"</xmp:CreatorTool>\n<pdf:Producer>"_s
                + escaped(m_extras.creator) + u"</pdf:Producer>\n"_s + when
                + u"</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n"_s;
        }

        /// Twice: the first time numbers objects by where they are used, for Qt numbers fonts in the order of
        /// a hash table, and what goes together into an object stream depends on the numbers before.
        [[nodiscard]] QByteArray written()
        {
            const auto numbered = write(m_pdf, qpdf_o_disable);
            QPDF pdf;
            pdf.processMemoryFile(
                "report", reinterpret_cast<const char*>(numbered->getBuffer()), numbered->getSize());
            const auto whole = write(pdf, qpdf_o_generate);
            return { reinterpret_cast<const char*>(whole->getBuffer()),
                static_cast<qsizetype>(whole->getSize()) };
        }

        static std::shared_ptr<Buffer> write(QPDF& pdf, qpdf_object_stream_e objectStreams)
        {
            QPDFWriter writer(pdf);
            writer.setOutputMemory();
            writer.setObjectStreamMode(objectStreams);
            writer.setDeterministicID(true);
            // Streams come compressed: packing them anew would take the time of the whole report once more.
            writer.setDecodeLevel(qpdf_dl_none);
            writer.setSuppressOriginalObjectIDs(true);
            writer.write();
            return writer.getBufferSharedPointer();
        }

        const PdfExtras& m_extras;
        QPDF m_pdf;
        std::vector<Handle> m_pages;
        std::size_t m_next = 0; ///< of the outline
    };

}

Result<QByteArray> finishPdf(const QByteArray& pdf, const PdfExtras& extras)
{
    try {
        return Finisher(pdf, extras).finish();
    } catch (const std::exception& error) {
        return failure(QCoreApplication::translate("Report", "The PDF cannot be completed: %1")
                           .arg(QString::fromUtf8(error.what()))
                           .toStdString());
    }
}

} // namespace glacis::ui::pdf
