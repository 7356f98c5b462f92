# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Imported targets glacis::yaml, glacis::zstd and, with the window, glacis::qpdf, with or without CMake packages of
# the distribution.

function(glacis_find_c target header library)
    string(MAKE_C_IDENTIFIER "${target}" id)
    find_path(${id}_INCLUDE ${header} REQUIRED)
    find_library(${id}_LIBRARY NAMES ${library} ${library}_static REQUIRED)
    add_library(${target} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES
        IMPORTED_LOCATION "${${id}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${${id}_INCLUDE}")
endfunction()

glacis_find_c(glacis::yaml yaml.h yaml)
glacis_find_c(glacis::zstd zstd.h zstd)
if(GLACIS_BUILD_UI)
    glacis_find_c(glacis::qpdf qpdf/QPDF.hh qpdf)
endif()
