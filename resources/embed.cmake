# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# glacis_embed(TARGET FUNCTION PATTERN...)
#
# Writes FUNCTION.cpp at configure time: glacis::resources::FUNCTION() returns the matching files, sorted by name.
# Byte arrays, not string literals: MSVC ends a literal at 64 KiB, and an array may hold any byte. A changed, new
# or removed file configures again; the source is rewritten only when its content differs.

function(glacis_embed target function)
    set(patterns ${ARGN})
    list(TRANSFORM patterns PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
    file(GLOB files CONFIGURE_DEPENDS ${patterns})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})

    # The name decides the order, so that it is the same wherever the repository lies.
    set(names "")
    foreach(file IN LISTS files)
        get_filename_component(name "${file}" NAME)
        if(name IN_LIST names)
            message(FATAL_ERROR "Two files named ${name} in collection ${function}")
        endif()
        list(APPEND names "${name}")
        set("path_of_${name}" "${file}")
    endforeach()
    list(SORT names)
    list(LENGTH names count)
    if(count EQUAL 0)
        message(FATAL_ERROR "Collection ${function} holds no file: ${ARGN}")
    endif()

    set(arrays "")
    set(rows "")
    set(index 0)
    foreach(name IN LISTS names)
        file(READ "${path_of_${name}}" hex HEX)
        string(LENGTH "${hex}" size)
        math(EXPR size "${size} / 2")
        string(REGEX REPLACE "(................................................)" "\\1\n" hex "${hex}")
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
        # The closing 0 keeps an empty file a legal array; it is not part of the text.
        string(APPEND arrays "constexpr char file${index}[] = {\n${bytes}0 };\n")
        string(APPEND rows "    { \"${name}\", std::string_view(file${index}, ${size}) },\n")
        math(EXPR index "${index} + 1")
    endforeach()

    string(CONCAT text
        "// Written by resources/embed.cmake; change the files, not this.\n"
        "#include <array>\n\n#include <resources/embedded.h>\n\n"
        "namespace glacis::resources {\nnamespace {\n${arrays}"
        "constexpr std::array<File, ${count}> files { {\n${rows}} };\n} // namespace\n\n"
        "std::span<const File> ${function}() { return files; }\n} // namespace glacis::resources\n")
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "@text@" @ONLY)
    target_sources(${target} PRIVATE "${source}")
endfunction()
