// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages of a report below one another, as they will be printed. It holds pictures only of the pages in view
// and their neighbours, and says which it lacks; old ones stay, dimmed, until newer ones are there.
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QSizeF>

#include <map>
#include <vector>

namespace glacis::ui {

class PagePreview : public QAbstractScrollArea {
    Q_OBJECT
public:
    enum class Zoom : std::uint8_t { Width, Page, Actual };
    struct Missing {
        int page = 0;
        int width = 0; ///< pixels of the device
    };

    explicit PagePreview(QWidget* parent = nullptr);
    /// A new report; pictures of the old one are dimmed until setPicture() replaces them. The place stays.
    void setPages(int count, QSizeF points);
    void setPicture(int page, const QImage& picture);
    void setDimmed(bool dimmed); ///< what is shown no longer is what was asked for
    void setZoom(Zoom zoom);
    [[nodiscard]] Zoom zoom() const { return m_zoom; }
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int page() const; ///< the one in the middle of the view, from 0; -1: there is none
    void showPage(int page);
    /// Pages in view first, then the next and the one before.
    [[nodiscard]] std::vector<Missing> missing() const;
    [[nodiscard]] QSize sizeHint() const override { return { 520, 640 }; }

Q_SIGNALS:
    void missed(); ///< missing() has more to say than before
    void pageChanged(int page);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Picture {
        QImage image;
        bool current = false; ///< of the report that is shown, not of the one before
    };
    [[nodiscard]] QSize pageSize() const; ///< logical pixels
    [[nodiscard]] QRect pageRect(int page) const; ///< in the viewport
    [[nodiscard]] int deviceWidth() const;
    void measure(); ///< scroll bars for the present zoom; keeps the place
    void tell();
    void forgetFarPictures();

    int m_count = 0;
    QSizeF m_points;
    Zoom m_zoom = Zoom::Width;
    bool m_dimmed = false;
    int m_told = -1;
    int m_step = 0; ///< from page to page, as measured last
    std::map<int, Picture> m_pictures;
};

} // namespace glacis::ui
