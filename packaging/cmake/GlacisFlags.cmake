# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# glacis_flags: the one target that carries every compile flag and define of our own code.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(GLACIS_CCACHE ccache)
if(GLACIS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Without the sloppiness ccache never hits where a precompiled header is used.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${GLACIS_CCACHE}")
endif()

set(GLACIS_SANITIZE "" CACHE STRING "Comma separated sanitizers, for example address,undefined")

add_library(glacis_flags INTERFACE)
target_compile_features(glacis_flags INTERFACE cxx_std_20)
target_compile_definitions(glacis_flags INTERFACE
    GLACIS_VERSION="${PROJECT_VERSION}"
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_KEYWORDS QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(MSVC)
    target_compile_options(glacis_flags INTERFACE /W4 /utf-8 /permissive- $<$<BOOL:${GLACIS_WERROR}>:/WX>)
else()
    target_compile_options(glacis_flags INTERFACE
        -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
        $<$<BOOL:${GLACIS_WERROR}>:-Werror>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # g++ 12 sees overlaps and overflows in inlined std::string concatenation that are not there
        # (GCC bugs 105329, 105651); clang and the sanitizers look at the same code.
        target_compile_options(glacis_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
    endif()
    # -O3 costs a third more build time and gains nothing measurable.
    string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
    if(GLACIS_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(glacis_flags INTERFACE -fpch-preprocess)
    endif()
endif()
if(WIN32)
    target_compile_definitions(glacis_flags INTERFACE UNICODE _UNICODE NOMINMAX WIN32_LEAN_AND_MEAN)
endif()
if(GLACIS_SANITIZE)
    add_compile_options(-fsanitize=${GLACIS_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${GLACIS_SANITIZE})
    if(GLACIS_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
endif()
option(GLACIS_COVERAGE "Instrument for coverage" OFF)
if(GLACIS_COVERAGE)
    add_compile_options(--coverage -O0)
    add_link_options(--coverage)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
