; The installer for one user, without admin rights. makensis -DVERSION=… -DEXE=… -DICON=… -DOUT=… [-DSOFTWARE=folder] consign.nsi
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Consign"
Name "Consign"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Consign"
InstallDirRegKey HKCU "Software\Consign" "InstallDir"
SetCompressor /SOLID lzma
ManifestDPIAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 ProductName "Consign"
VIAddVersionKey /LANG=1033 FileDescription "Consign setup"
VIAddVersionKey /LANG=1033 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1033 LegalCopyright "MIT licence"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\consign.exe"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(KeepsRegister)"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; every language of assets/translations: docs/packaging_test.go counts them
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Dutch"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Italian"
!insertmacro MUI_LANGUAGE "Korean"
!insertmacro MUI_LANGUAGE "Polish"
!insertmacro MUI_LANGUAGE "Spanish"
LangString Running ${LANG_ENGLISH} "Consign is open. Close it, then try again."
LangString Running ${LANG_GERMAN} "Consign ist geöffnet. Schließen Sie es und versuchen Sie es noch einmal."
LangString Running ${LANG_DUTCH} "Consign is geopend. Sluit het en probeer het opnieuw."
LangString Running ${LANG_FRENCH} "Consign est ouvert. Fermez-le, puis réessayez."
LangString Running ${LANG_ITALIAN} "Consign è aperto. Chiuderlo, poi riprovare."
LangString Running ${LANG_KOREAN} "Consign이 열려 있습니다. 닫은 후 다시 시도하세요."
LangString Running ${LANG_POLISH} "Consign jest otwarty. Zamknij go i spróbuj ponownie."
LangString Running ${LANG_SPANISH} "Consign está abierto. Ciérrelo e inténtelo de nuevo."
LangString DeviceList ${LANG_ENGLISH} "Device list"
LangString DeviceList ${LANG_GERMAN} "Geräteliste"
LangString DeviceList ${LANG_DUTCH} "Apparatenlijst"
LangString DeviceList ${LANG_FRENCH} "Liste d’appareils"
LangString DeviceList ${LANG_ITALIAN} "Elenco di dispositivi"
LangString DeviceList ${LANG_KOREAN} "기기 목록"
LangString DeviceList ${LANG_POLISH} "Lista urządzeń"
LangString DeviceList ${LANG_SPANISH} "Lista de dispositivos"
LangString Invitation ${LANG_ENGLISH} "Invitation to a register"
LangString Invitation ${LANG_GERMAN} "Einladung zu einem Register"
LangString Invitation ${LANG_DUTCH} "Uitnodiging voor een register"
LangString Invitation ${LANG_FRENCH} "Invitation à un registre"
LangString Invitation ${LANG_ITALIAN} "Invito a un registro"
LangString Invitation ${LANG_KOREAN} "등록부 초대"
LangString Invitation ${LANG_POLISH} "Zaproszenie do rejestru"
LangString Invitation ${LANG_SPANISH} "Invitación a un registro"
LangString KeepsRegister ${LANG_ENGLISH} "Consign will be removed. Your register, its backups and the log stay in $LOCALAPPDATA\Consign."
LangString KeepsRegister ${LANG_GERMAN} "Consign wird entfernt. Ihr Register, seine Sicherungen und das Protokoll bleiben in $LOCALAPPDATA\Consign."
LangString KeepsRegister ${LANG_DUTCH} "Consign wordt verwijderd. Uw register, de back-ups ervan en het logboek blijven in $LOCALAPPDATA\Consign."
LangString KeepsRegister ${LANG_FRENCH} "Consign va être désinstallé. Votre registre, ses sauvegardes et le journal restent dans $LOCALAPPDATA\Consign."
LangString KeepsRegister ${LANG_ITALIAN} "Consign verrà rimosso. Il registro, i suoi backup e il log restano in $LOCALAPPDATA\Consign."
LangString KeepsRegister ${LANG_KOREAN} "Consign이 제거됩니다. 등록부와 그 백업, 로그는 $LOCALAPPDATA\Consign에 남습니다."
LangString KeepsRegister ${LANG_POLISH} "Consign zostanie usunięty. Twój rejestr, jego kopie zapasowe i dziennik pozostaną w $LOCALAPPDATA\Consign."
LangString KeepsRegister ${LANG_SPANISH} "Consign se va a eliminar. Su registro, sus copias de seguridad y el log permanecen en $LOCALAPPDATA\Consign."

; a program that runs cannot be replaced or removed: say so instead of leaving half of it. 5 is the exit code.
!macro RefuseRunning
  IfFileExists "$INSTDIR\consign.exe" 0 +8
  ClearErrors
  FileOpen $0 "$INSTDIR\consign.exe" a
  IfErrors 0 +4
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(Running)" /SD IDOK
    SetErrorLevel 5
    Quit
  FileClose $0
!macroend

Function .onInit
  !insertmacro RefuseRunning
FunctionEnd

Function un.onInit
  !insertmacro RefuseRunning
FunctionEnd

Section "Consign"
  SetShellVarContext current
  SetOutPath "$INSTDIR"
  File "/oname=consign.exe" "${EXE}"
  !ifdef SOFTWARE
    SetOutPath "$INSTDIR\software"
    File "${SOFTWARE}/*.dll"
    SetOutPath "$INSTDIR"
  !endif
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\Consign.lnk" "$INSTDIR\consign.exe"
  WriteRegStr HKCU "Software\Consign" "InstallDir" "$INSTDIR"
  ; "Open with": offered, never the default
  WriteRegStr HKCU "Software\Classes\Applications\consign.exe" "FriendlyAppName" "Consign"
  WriteRegStr HKCU "Software\Classes\Applications\consign.exe\shell\open\command" "" '"$INSTDIR\consign.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\Consign.List" "" "$(DeviceList)"
  WriteRegStr HKCU "Software\Classes\Consign.List\shell\open\command" "" '"$INSTDIR\consign.exe" "%1"'
  !macro Offer ENDING
    WriteRegStr HKCU "Software\Classes\Applications\consign.exe\SupportedTypes" "${ENDING}" ""
    WriteRegStr HKCU "Software\Classes\${ENDING}\OpenWithProgids" "Consign.List" ""
  !macroend
  !insertmacro Offer ".csv"
  !insertmacro Offer ".tsv"
  !insertmacro Offer ".txt"
  !insertmacro Offer ".xlsx"
  ; an invitation is Consign's own
  WriteRegStr HKCU "Software\Classes\.consign" "" "Consign.Invitation"
  WriteRegStr HKCU "Software\Classes\Consign.Invitation" "" "$(Invitation)"
  WriteRegStr HKCU "Software\Classes\Consign.Invitation\shell\open\command" "" '"$INSTDIR\consign.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "Consign"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "Consign"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\consign.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  ; the register in $LOCALAPPDATA\Consign stays: it is the office's data
  DetailPrint "$(KeepsRegister)"
  Delete "$INSTDIR\consign.exe"
  Delete "$INSTDIR\software\*.dll"
  RMDir "$INSTDIR\software"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Consign.lnk"
  DeleteRegKey HKCU "Software\Classes\Applications\consign.exe"
  DeleteRegKey HKCU "Software\Classes\Consign.List"
  DeleteRegKey HKCU "Software\Classes\Consign.Invitation"
  DeleteRegKey HKCU "Software\Classes\.consign"
  DeleteRegValue HKCU "Software\Classes\.csv\OpenWithProgids" "Consign.List"
  DeleteRegValue HKCU "Software\Classes\.tsv\OpenWithProgids" "Consign.List"
  DeleteRegValue HKCU "Software\Classes\.txt\OpenWithProgids" "Consign.List"
  DeleteRegValue HKCU "Software\Classes\.xlsx\OpenWithProgids" "Consign.List"
  DeleteRegKey HKCU "Software\Consign"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
