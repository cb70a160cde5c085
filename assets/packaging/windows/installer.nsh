; Included by electron-builder's installer: "Copy link" in the menu of files and folders in Explorer,
; "Linkify Tray" in Send to, and the scheme linkify:. All of it is the user's own (SHCTX is HKCU).

!include LogicLib.nsh

!macro WriteCopyLink KIND LABEL
  WriteRegStr SHCTX "Software\Classes\${KIND}\shell\LinkifyTray" "" "${LABEL}"
  WriteRegStr SHCTX "Software\Classes\${KIND}\shell\LinkifyTray" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHCTX "Software\Classes\${KIND}\shell\LinkifyTray\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" share --no-wait -- "%1"'
!macroend

!macro customInstall
  StrCpy $0 "Copy link"
  ${If} $LANGUAGE == 1031
    StrCpy $0 "Link kopieren"
  ${ElseIf} $LANGUAGE == 1034
  ${OrIf} $LANGUAGE == 3082
    StrCpy $0 "Copiar enlace"
  ${ElseIf} $LANGUAGE == 1041
    StrCpy $0 "リンクをコピー"
  ${ElseIf} $LANGUAGE == 2052
    StrCpy $0 "复制链接"
  ${EndIf}
  !insertmacro WriteCopyLink "*" "$0"
  !insertmacro WriteCopyLink "Directory" "$0"

  WriteRegStr SHCTX "Software\Classes\linkify" "" "URL:Linkify Tray"
  WriteRegStr SHCTX "Software\Classes\linkify" "URL Protocol" ""
  ; What follows -- can be no option, whatever a web page puts there.
  WriteRegStr SHCTX "Software\Classes\linkify\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'

  CreateShortCut "$SENDTO\Linkify Tray.lnk" "$INSTDIR\${APP_EXECUTABLE_FILENAME}" "share --no-wait --"
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\*\shell\LinkifyTray"
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\LinkifyTray"
  DeleteRegKey SHCTX "Software\Classes\linkify"
  Delete "$SENDTO\Linkify Tray.lnk"
!macroend
