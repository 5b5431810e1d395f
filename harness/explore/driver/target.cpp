#include "explore/driver/target.h"

#include <elfutils/libdwelf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <gelf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <gsl/util>
#include <iterator>

#include "process/child.h"
#include "process/file_descriptor.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

struct ElfFacts {
  bool elf = false;
  bool dynamic = false;         // has an interpreter: the dynamic linker can put us in front
  bool tsan_used = false;       // built with -fsanitize=thread
  bool tsan_inside = false;     // and the runtime is in the file itself
  bool runtime_inside = false;  // the explorer's is
  bool explores_itself = false;
  bool suppresses = false;  // has suppressions for ThreadSanitizer of its own
  std::string build_id;
};

void read_symbols(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, ElfFacts& facts) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (data == nullptr || header.sh_entsize == 0) return;
  const auto count = static_cast<int>(header.sh_size / header.sh_entsize);
  for (int i = 0; i < count; ++i) {
    GElf_Sym symbol;
    if (gelf_getsym(data, i, &symbol) == nullptr) continue;
    const char* name = elf_strptr(elf, header.sh_link, symbol.st_name);
    if (name == nullptr) continue;
    const bool defined = symbol.st_shndx != SHN_UNDEF;
    if (std::strcmp(name, "__tsan_init") == 0) {
      facts.tsan_used = true;
      facts.tsan_inside |= defined;
    }
    if (std::strcmp(name, "redflag_explore_attach") == 0) facts.runtime_inside |= defined;
    if (std::strcmp(name, explorer::inside_symbol) == 0) facts.explores_itself |= defined;
    if (std::strcmp(name, "__tsan_default_suppressions") == 0)  // the sanitizer's is weak
      facts.suppresses |= defined && GELF_ST_BIND(symbol.st_info) != STB_WEAK;
  }
}

// For a program that was linked without a build id.
std::string sum_of(const fs::path& file) {
  std::uint64_t sum = 0xcbf29ce484222325;  // FNV-1a
  std::ifstream in(file, std::ios::binary);
  for (std::istreambuf_iterator<char> at(in), end; at != end; ++at)
    sum = (sum ^ static_cast<unsigned char>(*at)) * 0x100000001b3;
  return fmt::format("sum-{:016x}", sum);
}

ElfFacts facts_of(const fs::path& file) {
  ElfFacts facts;
  const FileDescriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  elf_version(EV_CURRENT);
  Elf* elf = fd ? elf_begin(fd.get(), ELF_C_READ_MMAP, nullptr) : nullptr;
  const auto end = gsl::finally([elf] { elf_end(elf); });
  if (elf == nullptr || elf_kind(elf) != ELF_K_ELF) return facts;
  facts.elf = true;
  std::size_t parts = 0;
  elf_getphdrnum(elf, &parts);
  for (std::size_t i = 0; i < parts; ++i) {
    GElf_Phdr part;
    if (gelf_getphdr(elf, static_cast<int>(i), &part) != nullptr && part.p_type == PT_INTERP)
      facts.dynamic = true;
  }
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr) continue;
    if (header.sh_type == SHT_SYMTAB || header.sh_type == SHT_DYNSYM)
      read_symbols(elf, section, header, facts);
  }
  const void* id = nullptr;
  const ssize_t size = dwelf_elf_gnu_build_id(elf, &id);
  for (ssize_t i = 0; i < size; ++i)
    facts.build_id += fmt::format("{:02x}", static_cast<const unsigned char*>(id)[i]);
  if (size <= 0) facts.build_id = sum_of(file);
  return facts;
}

}  // namespace

Target examine(const std::vector<std::string>& argv) {
  Target target;
  target.argv = argv;
  const std::string found = find_program(argv.at(0));
  if (found.empty() || access(found.c_str(), F_OK) != 0)
    throw CannotExplore(fmt::format("there is no program {}", argv[0]));
  if (access(found.c_str(), X_OK) != 0 || fs::is_directory(found))
    throw CannotExplore(fmt::format("{} is not a program that can be started", found));
  target.program = fs::absolute(found);
  struct stat info = {};
  if (stat(found.c_str(), &info) == 0 && (info.st_mode & (S_ISUID | S_ISGID)) != 0)
    throw CannotExplore(fmt::format(
        "{} is setuid or setgid: the system loads nothing in front of such a program. Explore a "
        "copy without that bit.",
        found));
  const ElfFacts facts = facts_of(found);
  if (!facts.elf)
    throw CannotExplore(fmt::format(
        "{} is not an ELF program (a script?): name the program that it starts", found));
  target.instrumented = facts.tsan_used;
  target.preload = !facts.runtime_inside;
  target.inside = facts.explores_itself;
  const char* own = std::getenv("TSAN_OPTIONS");
  target.suppresses =
      facts.suppresses || (own != nullptr && std::strstr(own, "suppressions=") != nullptr);
  target.build_id = facts.build_id;
  if (facts.runtime_inside) return target;
  if (!facts.dynamic)
    throw CannotExplore(
        fmt::format("{} is statically linked: nothing can be loaded in front of it. Link it "
                    "dynamically, or link the CMake target redflag::explore into it.",
                    found));
  if (facts.tsan_inside)
    throw CannotExplore(fmt::format(
        "{} has ThreadSanitizer's runtime linked in (Clang's default): link the CMake target "
        "redflag::explore into it too, or build it by g++.",
        found));
  return target;
}

fs::path runtime_library() {
  const fs::path here = fs::read_symlink("/proc/self/exe").parent_path();
  const auto places = std::to_array<fs::path>({here / "../lib" / REDFLAG_RUNTIME_NAME,
                                               here / ".." / REDFLAG_LIBDIR / REDFLAG_RUNTIME_NAME,
                                               fs::path(REDFLAG_BUILT_RUNTIME)});
  for (const auto& place : places) {
    if (fs::exists(place)) return fs::canonical(place);
  }
  throw CannotExplore(
      fmt::format("the explorer's runtime {} is not at {}; build the target redflag-explore",
                  REDFLAG_RUNTIME_NAME, places[0].lexically_normal().string()));
}

std::string behind_users_own(const char* variable, const std::string& ours) {
  const char* own = std::getenv(variable);
  return own != nullptr && *own != '\0' ? std::string(own) + ":" + ours : ours;
}

std::string preloaded_libraries() {
  return behind_users_own("LD_PRELOAD", runtime_library().string());
}

}  // namespace redflag
