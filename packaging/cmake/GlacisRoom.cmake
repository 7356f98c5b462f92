# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# glacis_room(NAME SOURCES ... USES room... LINKS library...)
#
# A room is one folder of models/ and one static library glacis_NAME. Its headers are included as
# <NAME/header.h>. Only rooms named in USES (and what those use) are visible: each room publishes its headers
# through a folder of its own with forwarding headers, so that an include which the house forbids does not compile.

if(GLACIS_PCH)
    file(WRITE "${CMAKE_BINARY_DIR}/pch/pch.cpp" "// Holds the precompiled header of models/.\n")
    add_library(glacis_pch OBJECT "${CMAKE_BINARY_DIR}/pch/pch.cpp")
    target_link_libraries(glacis_pch PRIVATE glacis_flags)
    target_precompile_headers(glacis_pch PRIVATE "${CMAKE_SOURCE_DIR}/models/pch.h")
endif()

function(glacis_publish_headers target room directory)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE "${directory}" "${directory}/*.h")
    set(public "${CMAKE_BINARY_DIR}/rooms/${room}")
    foreach(header IN LISTS headers)
        set(forward "${public}/${room}/${header}")
        set(text "#pragma once\n#include \"${directory}/${header}\"\n")
        set(old "")
        if(EXISTS "${forward}")
            file(READ "${forward}" old)
        endif()
        if(NOT old STREQUAL text)
            file(WRITE "${forward}" "${text}")
        endif()
    endforeach()
    target_include_directories(${target} PUBLIC "${public}")
endfunction()

function(glacis_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS" ${ARGN})
    add_library(glacis_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(glacis_${name} PRIVATE glacis_flags ${ROOM_LINKS})
    foreach(used IN LISTS ROOM_USES)
        target_link_libraries(glacis_${name} PUBLIC glacis_${used})
    endforeach()
    glacis_publish_headers(glacis_${name} ${name} "${CMAKE_CURRENT_SOURCE_DIR}")
    if(GLACIS_PCH)
        target_precompile_headers(glacis_${name} REUSE_FROM glacis_pch)
    endif()
endfunction()
