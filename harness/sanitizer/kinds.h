// The names that the tools give to defects.
#pragma once

#include <redflag/kind.h>

#include <string_view>

namespace redflag::sanitizer {

/// The kind that ThreadSanitizer calls `text` ("data race"); `other` for a name it never used.
Kind tsan_kind(std::string_view text);

/// The same for AddressSanitizer's first line after the colon: "heap-use-after-free on address …".
/// Deadly signals, of any tool, are crashes.
Kind asan_kind(std::string_view text);

}  // namespace redflag::sanitizer
