#include "process/symbols.h"

#include <cxxabi.h>
#include <dwarf.h>
#include <elfutils/libdwfl.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace redflag {
namespace {

std::string demangled(const char* name) {
  if (name == nullptr) return {};
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(name, nullptr, nullptr, nullptr), &std::free);
  return text ? text.get() : name;
}

const char* attribute_text(Dwarf_Die& die, unsigned name) {
  Dwarf_Attribute attribute;
  return dwarf_formstring(dwarf_attr_integrate(&die, name, &attribute));
}

std::string function_name(Dwarf_Die& die) {
  if (const char* linkage = attribute_text(die, DW_AT_linkage_name)) return demangled(linkage);
  return demangled(attribute_text(die, DW_AT_name));
}

int number(Dwarf_Die& die, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  dwarf_formudata(dwarf_attr(&die, name, &attribute), &value);
  return static_cast<int>(value);
}

std::string call_file(Dwarf_Die& unit, Dwarf_Die& inlined) {
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  const int index = number(inlined, DW_AT_call_file);
  if (dwarf_getsrcfiles(&unit, &files, &count) != 0) return {};
  const char* name = dwarf_filesrc(files, static_cast<std::size_t>(index), nullptr, nullptr);
  return name != nullptr ? name : "";
}

// The function at `address` and the calls inlined in it there, outermost first. Not by
// dwarf_getscopes(), which does not look into namespaces: that is where Clang puts functions.
bool find_scopes(Dwarf_Die& parent, Dwarf_Addr address, std::vector<Dwarf_Die>& scopes) {
  Dwarf_Die child;
  if (dwarf_child(&parent, &child) != 0) return false;
  do {
    const int tag = dwarf_tag(&child);
    const bool code = tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
    if (code || tag == DW_TAG_lexical_block) {
      if (dwarf_haspc(&child, address) <= 0) continue;
      if (code) scopes.push_back(child);
      find_scopes(child, address, scopes);
      return true;
    }
    const bool may_hold_code = tag == DW_TAG_namespace || tag == DW_TAG_class_type ||
                               tag == DW_TAG_structure_type || tag == DW_TAG_union_type;
    if (may_hold_code && find_scopes(child, address, scopes)) return true;
  } while (dwarf_siblingof(&child, &child) == 0);
  return false;
}

class Symbols {
 public:
  explicit Symbols(const std::string& file) : session_(dwfl_begin(&callbacks)) {
    if (session_ == nullptr) return;
    dwfl_report_begin(session_.get());
    module_ = dwfl_report_offline(session_.get(), "", file.c_str(), -1);
    dwfl_report_end(session_.get(), nullptr, nullptr);
    if (module_ != nullptr) dwfl_module_getelf(module_, &load_bias_);
  }

  // The frames at one address: the inlined calls, then the function that holds them.
  std::vector<Frame> at(std::uint64_t offset, const Frame& bare) {
    std::vector<Frame> frames;
    Dwarf_Addr bias = 0;
    const Dwarf_Addr address = load_bias_ + offset;
    Dwarf_Die* unit = unit_at(address, bias);
    if (unit == nullptr) return {bare};
    Frame here = bare;
    set_line(here, unit, address - bias);
    std::vector<Dwarf_Die> scopes;
    find_scopes(*unit, address - bias, scopes);
    std::ranges::reverse(scopes);
    for (Dwarf_Die& scope : scopes) {
      here.function = function_name(scope);
      frames.push_back(here);
      here.file = call_file(*unit, scope);
      here.line = number(scope, DW_AT_call_line);
      here.column = number(scope, DW_AT_call_column);
    }
    if (frames.empty()) {  // no scope that libdw can follow: the symbol table knows the function
      here.function = demangled(dwfl_module_addrname(module_, address));
      frames.push_back(here);
    }
    return frames;
  }

 private:
  // By the table of address ranges, or unit by unit: Clang makes no such table.
  Dwarf_Die* unit_at(Dwarf_Addr address, Dwarf_Addr& bias) {
    if (module_ == nullptr) return nullptr;
    if (Dwarf_Die* unit = dwfl_module_addrdie(module_, address, &bias)) return unit;
    Dwarf_Die* unit = nullptr;
    while ((unit = dwfl_module_nextcu(module_, unit, &bias)) != nullptr) {
      if (dwarf_haspc(unit, address - bias) > 0) return unit;
    }
    return nullptr;
  }

  static void set_line(Frame& frame, Dwarf_Die* unit, Dwarf_Addr address) {
    Dwarf_Line* line = dwarf_getsrc_die(unit, address);
    if (line == nullptr) return;
    dwarf_lineno(line, &frame.line);
    dwarf_linecol(line, &frame.column);
    if (const char* file = dwarf_linesrc(line, nullptr, nullptr)) frame.file = file;
  }

  static constexpr Dwfl_Callbacks callbacks = {
      .find_elf = nullptr,
      .find_debuginfo = dwfl_standard_find_debuginfo,
      .section_address = dwfl_offline_section_address,
      .debuginfo_path = nullptr,
  };
  struct End {
    void operator()(Dwfl* session) const { dwfl_end(session); }
  };
  std::unique_ptr<Dwfl, End> session_;
  Dwfl_Module* module_ = nullptr;
  GElf_Addr load_bias_ = 0;  // 0 for a program that is not position-independent
};

}  // namespace

struct Symbolizer::Files {
  std::map<std::string, Symbols> open;
};

Symbolizer::Symbolizer() : files_(std::make_unique<Files>()) {}
Symbolizer::~Symbolizer() = default;

const std::vector<Frame>& Symbolizer::at(const std::string& file, std::uint64_t offset) {
  const auto [known, fresh] = known_.try_emplace({file, offset});
  if (!fresh || offset == 0) return known->second;
  Frame bare;
  bare.module = std::filesystem::path(file).filename();
  bare.offset = offset;
  known->second = files_->open.try_emplace(file, file).first->second.at(offset, bare);
  return known->second;
}

std::vector<Frame> symbolize(const std::string& file, const std::vector<std::uint64_t>& offsets) {
  Symbolizer symbolizer;
  std::vector<Frame> frames;
  for (const std::uint64_t offset : offsets) {
    const auto& found = symbolizer.at(file, offset);
    frames.insert(frames.end(), found.begin(), found.end());
  }
  return frames;
}

}  // namespace redflag
